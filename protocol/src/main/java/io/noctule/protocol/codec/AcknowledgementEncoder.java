package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;

/** PUBACK, PUBREC, PUBREL and PUBCOMP, which look alike (MQTT 5.0, sections 3.4 to 3.7). */
final class AcknowledgementEncoder {
  private AcknowledgementEncoder() {}

  static void encode(
      PacketType type,
      int packetId,
      ReasonCode reasonCode,
      ReasonProperties properties,
      MqttVersion version,
      ByteBuf out) {
    boolean withProperties = version.hasProperties() && !properties.isEmpty();
    boolean withCode =
        withProperties || (version.hasProperties() && reasonCode != ReasonCode.SUCCESS);
    int measured = withProperties ? PropertyWriter.measure(w -> w.reasonProperties(properties)) : 0;
    int remaining = Short.BYTES + (withCode ? 1 : 0);
    if (withProperties) {
      remaining += PropertyWriter.blockLength(measured);
    }
    FieldWriter.start(out, type, remaining);
    out.writeShort(packetId);
    if (withCode) {
      out.writeByte(reasonCode.value());
    }
    if (withProperties) {
      PropertyWriter.write(out, measured, w -> w.reasonProperties(properties));
    }
  }
}
