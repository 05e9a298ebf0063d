package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.Auth;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;

/** AUTH, MQTT 5.0 only (section 3.15). */
final class AuthEncoder {
  private AuthEncoder() {}

  static void encode(Auth packet, MqttVersion version, ByteBuf out) {
    if (!version.hasProperties()) {
      throw new IllegalArgumentException("there is no AUTH before MQTT 5.0");
    }
    int measured = PropertyWriter.measure(writer -> list(packet, writer));
    if (measured == 0 && packet.reasonCode() == ReasonCode.SUCCESS) { // Section 3.15.2.1.
      FieldWriter.start(out, PacketType.AUTH, 0);
      return;
    }
    FieldWriter.start(out, PacketType.AUTH, 1 + PropertyWriter.blockLength(measured));
    out.writeByte(packet.reasonCode().value());
    PropertyWriter.write(out, measured, writer -> list(packet, writer));
  }

  private static void list(Auth packet, PropertyWriter writer) {
    writer.string(Property.AUTHENTICATION_METHOD, packet.authenticationMethod());
    writer.binary(Property.AUTHENTICATION_DATA, packet.authenticationData());
    writer.string(Property.REASON_STRING, packet.reasonString());
    writer.userProperties(packet.userProperties());
  }
}
