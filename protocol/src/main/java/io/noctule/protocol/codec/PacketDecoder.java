package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PingResp;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one network connection to packets (MQTT 3.1, 3.1.1 and 5.0), in place: the payload of a
 * PUBLISH is a view of the buffer.
 *
 * <p>What the first bytes of a packet already tell (type, flags, direction, size) is judged before
 * the rest has arrived. Once {@link #decode} has thrown, the connection is to be closed: the
 * position in the bytes is lost.
 *
 * <p>Used by one thread, the connection's event loop. Holds no bytes; an idle decoder is a few
 * fields, and a small cache of topics once the connection has published.
 */
public final class PacketDecoder {
  /** Whose side decodes. */
  public enum Side {
    /**
     * Accepts what clients send: first a CONNECT packet, and only one [MQTT-3.1.0-1]
     * [MQTT-3.1.0-2].
     */
    SERVER,
    /** Accepts what servers send. */
    CLIENT
  }

  private static final int PUBLISH_TYPE = 3;
  private static final int DUP_FLAG = 0b1000;

  private final Side side;
  private int maximumPacketSize;
  private @Nullable MqttVersion version;
  private int expectedBytes;
  private @Nullable TopicCache topics;

  /**
   * A decoder for one connection.
   *
   * @param side whose side decodes; the client's starts with MQTT 5.0
   * @param maximumPacketSize bytes of the largest packet accepted, fixed header included
   */
  public PacketDecoder(Side side, int maximumPacketSize) {
    this.side = side;
    this.maximumPacketSize = maximumPacketSize;
    this.version = side == Side.CLIENT ? MqttVersion.MQTT_5 : null;
  }

  /**
   * The version that packets are decoded as. The server's side sets it itself as soon as it has
   * read a CONNECT packet's protocol level, even where the rest of that packet is refused.
   */
  public void version(MqttVersion version) {
    this.version = version;
  }

  /**
   * The version that packets are decoded as; null on the server's side before a CONNECT packet told
   * it.
   */
  public @Nullable MqttVersion version() {
    return version;
  }

  /**
   * Changes the limit from the next packet on.
   *
   * @param bytes of the largest packet accepted, fixed header included
   */
  public void maximumPacketSize(int bytes) {
    this.maximumPacketSize = bytes;
  }

  /**
   * After {@link #decode} has answered null: bytes of the whole packet, fixed header included and
   * within the limit, or 0 where the fixed header has not arrived yet.
   */
  public int expectedBytes() {
    return expectedBytes;
  }

  /**
   * Decodes the next packet.
   *
   * @param in bytes as they came, starting at a packet
   * @return the packet, the reader index being behind it; or null, the reader index not having
   *     moved, where the packet is not complete yet
   * @throws ProtocolException where the packet is not allowed, as early as that can be told
   */
  public @Nullable Packet decode(ByteBuf in) throws ProtocolException {
    expectedBytes = 0;
    int start = in.readerIndex();
    int readable = in.readableBytes();
    if (readable == 0) {
      return null;
    }
    int firstByte = in.getUnsignedByte(start);
    MqttVersion current = requireAllowed(firstByte);
    int remaining =
        VariableByteInteger.get(in, start + 1, start + readable, "the remaining length");
    if (remaining == VariableByteInteger.INCOMPLETE) {
      return null;
    }
    int headerBytes = 1 + VariableByteInteger.length(remaining);
    int packetBytes = headerBytes + remaining;
    if (packetBytes > maximumPacketSize) {
      throw new ProtocolException(
          ReasonCode.PACKET_TOO_LARGE,
          "a packet of "
              + packetBytes
              + " bytes is larger than the maximum packet size, "
              + maximumPacketSize);
    }
    if (readable < packetBytes) {
      expectedBytes = packetBytes;
      return null;
    }
    in.readerIndex(start + headerBytes);
    int end = start + packetBytes;
    if ((firstByte >>> 4) == PUBLISH_TYPE) {
      return PublishDecoder.decode(firstByte, in, end, current, side, topics());
    }
    return decodeOther(firstByte, in, end, current);
  }

  private Packet decodeOther(int firstByte, ByteBuf in, int end, MqttVersion current)
      throws ProtocolException {
    PacketType type = PacketType.ofFirstByte(firstByte);
    if (type == null) {
      throw new AssertionError("the first byte has been judged");
    }
    BodyReader body = new BodyReader(in, end, type);
    Packet packet =
        switch (type) {
          case CONNECT -> {
            MqttVersion told = ConnectDecoder.decodeVersion(body);
            version = told;
            yield ConnectDecoder.decode(body, told);
          }
          case CONNACK -> ConnAckDecoder.decode(body, current);
          case PUBLISH -> throw new AssertionError("PUBLISH has its own way");
          case PUBACK ->
              AcknowledgementDecoder.decode(body, current, AllowedReasonCodes.PUBACK, PubAck::new);
          case PUBREC ->
              AcknowledgementDecoder.decode(body, current, AllowedReasonCodes.PUBACK, PubRec::new);
          case PUBREL ->
              AcknowledgementDecoder.decode(body, current, AllowedReasonCodes.PUBREL, PubRel::new);
          case PUBCOMP ->
              AcknowledgementDecoder.decode(body, current, AllowedReasonCodes.PUBREL, PubComp::new);
          case SUBSCRIBE -> SubscribeDecoder.decodeSubscribe(body, current);
          case SUBACK -> SubAckDecoder.decodeSubAck(body, current);
          case UNSUBSCRIBE -> SubscribeDecoder.decodeUnsubscribe(body, current);
          case UNSUBACK -> SubAckDecoder.decodeUnsubAck(body, current);
          case PINGREQ -> PingReq.INSTANCE;
          case PINGRESP -> PingResp.INSTANCE;
          case DISCONNECT -> DisconnectDecoder.decode(body, current, side);
          case AUTH -> AuthDecoder.decode(body, side);
        };
    body.requireEnd();
    return packet;
  }

  /**
   * Judges the first byte of a packet.
   *
   * @return the version to decode it as; any for CONNECT, which brings its own
   */
  private MqttVersion requireAllowed(int firstByte) throws ProtocolException {
    MqttVersion current = version;
    if ((firstByte >>> 4) == PUBLISH_TYPE && current != null) {
      PublishDecoder.requireAllowedFlags(firstByte);
      return current;
    }
    PacketType type = PacketType.ofFirstByte(firstByte);
    if (type == null) {
      throw ProtocolException.malformed("packet type 0 is reserved");
    }
    if (current == null) {
      if (type != PacketType.CONNECT) { // [MQTT-3.1.0-1]
        throw ProtocolException.protocolError("the first packet must be CONNECT, was " + type);
      }
      current = MqttVersion.MQTT_5;
    } else if (type == PacketType.CONNECT && side == Side.SERVER) { // [MQTT-3.1.0-2]
      throw ProtocolException.protocolError("CONNECT must be sent once in a connection");
    }
    requireDirection(type, current);
    requireFlags(type, firstByte & 0x0F, current);
    return current;
  }

  private void requireDirection(PacketType type, MqttVersion current) throws ProtocolException {
    if (type == PacketType.AUTH && !current.hasProperties()) {
      throw ProtocolException.malformed("packet type 15 is reserved before MQTT 5.0");
    }
    boolean serverDisconnects = type == PacketType.DISCONNECT && side == Side.CLIENT;
    if (!type.isSentTo(side) || (serverDisconnects && !current.hasProperties())) {
      throw ProtocolException.protocolError(
          type + " must not be sent to a " + (side == Side.SERVER ? "server" : "client"));
    }
  }

  /**
   * [MQTT-2.1.3-1] [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1] [MQTT-3.14.1-1] [MQTT-3.15.1-1].
   */
  private static void requireFlags(PacketType type, int flags, MqttVersion current)
      throws ProtocolException {
    // MQTT 3.1 sends PUBREL, SUBSCRIBE and UNSUBSCRIBE at QoS 1: what came before is repeated with
    // DUP (its 2.1).
    boolean mayRepeat = current == MqttVersion.MQTT_3_1 && type.flags() != 0;
    int judged = mayRepeat ? (flags & ~DUP_FLAG) : flags;
    if (judged != type.flags()) {
      throw ProtocolException.malformed(
          "%s flags are 0x%X, must be 0x%X".formatted(type, flags, type.flags()));
    }
  }

  private TopicCache topics() {
    TopicCache cache = topics;
    if (cache == null) {
      cache = new TopicCache();
      topics = cache;
    }
    return cache;
  }
}
