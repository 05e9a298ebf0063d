package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Subscribe.Request;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicFilter;

/** SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0, sections 3.8 and 3.10). */
final class SubscribeEncoder {
  private static final int NO_LOCAL_BIT = 0b0000_0100;
  private static final int RETAIN_AS_PUBLISHED_BIT = 0b0000_1000;
  private static final int RETAIN_HANDLING_SHIFT = 4;

  private SubscribeEncoder() {}

  static void encode(Subscribe packet, MqttVersion version, ByteBuf out) {
    boolean withProperties = version.hasProperties();
    int measured = withProperties ? PropertyWriter.measure(w -> list(packet, w)) : 0;
    int remaining = Short.BYTES + (withProperties ? PropertyWriter.blockLength(measured) : 0);
    for (Request request : packet.requests()) {
      remaining += FieldWriter.stringLength(request.filter().text()) + Byte.BYTES;
    }
    FieldWriter.start(out, PacketType.SUBSCRIBE, remaining);
    out.writeShort(packet.packetId());
    if (withProperties) {
      PropertyWriter.write(out, measured, writer -> list(packet, writer));
    }
    for (Request request : packet.requests()) {
      FieldWriter.writeString(out, request.filter().text());
      out.writeByte(withProperties ? options(request) : request.maximumQos().value());
    }
  }

  /** The subscription options of section 3.8.3.1. */
  private static int options(Request request) {
    return request.maximumQos().value()
        | (request.noLocal() ? NO_LOCAL_BIT : 0)
        | (request.retainAsPublished() ? RETAIN_AS_PUBLISHED_BIT : 0)
        | (request.retainHandling().ordinal() << RETAIN_HANDLING_SHIFT);
  }

  private static void list(Subscribe packet, PropertyWriter writer) {
    if (packet.subscriptionIdentifier() != Subscribe.NO_IDENTIFIER) {
      writer.variableByteInteger(Property.SUBSCRIPTION_IDENTIFIER, packet.subscriptionIdentifier());
    }
    writer.userProperties(packet.userProperties());
  }

  static void encode(Unsubscribe packet, MqttVersion version, ByteBuf out) {
    boolean withProperties = version.hasProperties();
    int measured =
        withProperties ? PropertyWriter.measure(w -> w.userProperties(packet.userProperties())) : 0;
    int remaining = Short.BYTES + (withProperties ? PropertyWriter.blockLength(measured) : 0);
    for (TopicFilter filter : packet.filters()) {
      remaining += FieldWriter.stringLength(filter.text());
    }
    FieldWriter.start(out, PacketType.UNSUBSCRIBE, remaining);
    out.writeShort(packet.packetId());
    if (withProperties) {
      PropertyWriter.write(out, measured, w -> w.userProperties(packet.userProperties()));
    }
    for (TopicFilter filter : packet.filters()) {
      FieldWriter.writeString(out, filter.text());
    }
  }
}
