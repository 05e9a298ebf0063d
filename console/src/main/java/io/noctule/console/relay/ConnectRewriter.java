package io.noctule.console.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.noctule.console.mqtt.Account;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Gathers the page's CONNECT packet and makes that of the person of it. For one thread.
 *
 * <p>Bound: {@value #MOST_BYTES} bytes, will included; more is refused.
 */
final class ConnectRewriter {
  static final int MOST_BYTES = 64 * 1024;
  private static final int LONGEST_CLIENT_ID = 64;

  private final String person;
  private final Supplier<Account> account;
  private final PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.SERVER, MOST_BYTES);
  private final ByteBuf gathered = Unpooled.buffer(256, 2 * MOST_BYTES);

  /**
   * A rewriter for one connection.
   *
   * @param person the user name, which becomes part of the client identifier
   * @param account asked for when the packet is complete
   */
  ConnectRewriter(String person, Supplier<Account> account) {
    this.person = person;
    this.account = account;
  }

  /**
   * Takes bytes of the page.
   *
   * @return what to send to the broker, with what followed the packet; empty where it is not
   *     complete yet
   * @throws ProtocolException where it is no CONNECT packet, or too large
   */
  Optional<byte[]> take(byte[] bytes) throws ProtocolException {
    if (bytes.length > gathered.maxWritableBytes()) {
      throw new ProtocolException(
          ReasonCode.PACKET_TOO_LARGE,
          "more than %d bytes came before the broker had answered".formatted(MOST_BYTES));
    }
    gathered.writeBytes(bytes);
    Packet packet = decoder.decode(gathered);
    if (packet == null) {
      return Optional.empty();
    }
    if (!(packet instanceof Connect connect)) {
      throw new ProtocolException(ReasonCode.PROTOCOL_ERROR, "the first packet must be CONNECT");
    }
    ByteBuf out = Unpooled.buffer(connect.clientId().length() + 256);
    PacketEncoder.encode(ofPerson(connect), connect.version(), out);
    out.writeBytes(gathered);
    return Optional.of(ByteBufUtil.getBytes(out));
  }

  private Connect ofPerson(Connect connect) {
    Account shown = account.get();
    String password = shown.password();
    Connect.Properties told = connect.properties();
    return new Connect(
        connect.version(),
        clientId(connect.clientId()),
        // A page has no session that outlives it: nobody would empty its queue.
        true,
        connect.keepAliveSeconds(),
        connect.will(),
        shown.user(),
        password == null ? null : password.getBytes(StandardCharsets.UTF_8),
        new Connect.Properties(
            0,
            told.receiveMaximum(),
            told.maximumPacketSize(),
            told.topicAliasMaximum(),
            told.requestResponseInformation(),
            told.requestProblemInformation(),
            told.userProperties(),
            null,
            null));
  }

  /** So that a page can end connections of its own person's pages at most. */
  private String clientId(String asked) {
    String own = asked.isEmpty() ? UUID.randomUUID().toString() : asked;
    return "console:%s:%s"
        .formatted(
            person, own.length() <= LONGEST_CLIENT_ID ? own : own.substring(0, LONGEST_CLIENT_ID));
  }
}
