package io.noctule.app.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.ReasonText;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.util.List;

/** The packets of a run that are sent once: they go through the codec. */
final class Handshake {
  private static final int LARGEST_BYTES = 1 << 16;

  private Handshake() {}

  /** What the broker answered. */
  sealed interface Answer {}

  /**
   * The connection is accepted.
   *
   * @param receiveMaximum messages of QoS 1 and 2 that the broker takes at once unacknowledged
   */
  record Accepted(int receiveMaximum) implements Answer {}

  /** The subscription is granted. */
  record Granted() implements Answer {}

  /**
   * The connection or subscription is refused, or ended.
   *
   * @param reason in words
   */
  record Refused(String reason) implements Answer {}

  static ByteBuf connect(ByteBufAllocator allocator, LoadPlan plan, String clientId) {
    return encode(
        allocator,
        plan,
        new Connect(
            plan.version(), clientId, true, 0, null, null, null, Connect.Properties.DEFAULT));
  }

  static ByteBuf subscribe(ByteBufAllocator allocator, LoadPlan plan, String filter) {
    return encode(
        allocator,
        plan,
        new Subscribe(
            1,
            Subscribe.NO_IDENTIFIER,
            List.of(),
            List.of(Subscribe.Request.of(TopicFilter.of(filter), plan.qos()))));
  }

  static ByteBuf disconnect(ByteBufAllocator allocator, LoadPlan plan) {
    return encode(allocator, plan, Disconnect.because(ReasonCode.SUCCESS, null));
  }

  private static ByteBuf encode(ByteBufAllocator allocator, LoadPlan plan, Packet packet) {
    ByteBuf buffer = allocator.directBuffer();
    PacketEncoder.encode(packet, plan.version(), buffer);
    return buffer;
  }

  /**
   * Understands a CONNACK, SUBACK or DISCONNECT packet.
   *
   * @param packet its bytes, whole
   */
  static Answer decode(ByteBuf packet, LoadPlan plan) throws ProtocolException {
    var decoder = new PacketDecoder(PacketDecoder.Side.CLIENT, LARGEST_BYTES);
    decoder.version(plan.version());
    return switch (decoder.decode(packet)) {
      case ConnAck connAck when connAck.reasonCode() == ReasonCode.SUCCESS ->
          new Accepted(connAck.properties().receiveMaximum());
      case ConnAck connAck -> new Refused(ReasonText.of(connAck.reasonCode()));
      case SubAck subAck when subAck.reasonCodes().getFirst().value() == plan.qos().value() ->
          new Granted();
      case SubAck subAck -> new Refused(ReasonText.of(subAck.reasonCodes().getFirst()));
      case Disconnect disconnect -> new Refused(ReasonText.of(disconnect.reasonCode()));
      case null, default ->
          throw CommandFailure.failed("the broker sent a packet that has no place here");
    };
  }
}
