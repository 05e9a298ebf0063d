package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.UnsubAck;
import java.util.List;

/** SUBACK and UNSUBACK (MQTT 5.0, sections 3.9 and 3.11). */
final class SubAckEncoder {
  private SubAckEncoder() {}

  static void encode(SubAck packet, MqttVersion version, ByteBuf out) {
    List<ReasonCode> codes = packet.reasonCodes();
    if (version.hasProperties()) {
      encode(PacketType.SUBACK, packet.packetId(), packet.properties(), codes, out);
      return;
    }
    FieldWriter.start(out, PacketType.SUBACK, Short.BYTES + codes.size());
    out.writeShort(packet.packetId());
    for (ReasonCode code : codes) { // 3.1.1 [MQTT-3.9.3-2]
      out.writeByte((code.isError() ? ReasonCode.UNSPECIFIED_ERROR : code).value());
    }
  }

  static void encode(UnsubAck packet, MqttVersion version, ByteBuf out) {
    if (version.hasProperties()) {
      encode(
          PacketType.UNSUBACK, packet.packetId(), packet.properties(), packet.reasonCodes(), out);
      return;
    }
    FieldWriter.start(out, PacketType.UNSUBACK, Short.BYTES);
    out.writeShort(packet.packetId());
  }

  private static void encode(
      PacketType type,
      int packetId,
      ReasonProperties properties,
      List<ReasonCode> codes,
      ByteBuf out) {
    int measured = PropertyWriter.measure(writer -> writer.reasonProperties(properties));
    int remaining = Short.BYTES + PropertyWriter.blockLength(measured) + codes.size();
    FieldWriter.start(out, type, remaining);
    out.writeShort(packetId);
    PropertyWriter.write(out, measured, writer -> writer.reasonProperties(properties));
    for (ReasonCode code : codes) {
      out.writeByte(code.value());
    }
  }
}
