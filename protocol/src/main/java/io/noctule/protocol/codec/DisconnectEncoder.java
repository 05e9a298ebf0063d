package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;

/** DISCONNECT (MQTT 5.0, section 3.14). */
final class DisconnectEncoder {
  private DisconnectEncoder() {}

  static void encode(Disconnect packet, MqttVersion version, ByteBuf out) {
    int measured =
        version.hasProperties() ? PropertyWriter.measure(writer -> list(packet, writer)) : 0;
    boolean withProperties = measured > 0;
    boolean withCode =
        withProperties || (version.hasProperties() && packet.reasonCode() != ReasonCode.SUCCESS);
    int remaining =
        (withCode ? 1 : 0) + (withProperties ? PropertyWriter.blockLength(measured) : 0);
    FieldWriter.start(out, PacketType.DISCONNECT, remaining);
    if (withCode) {
      out.writeByte(packet.reasonCode().value());
    }
    if (withProperties) {
      PropertyWriter.write(out, measured, writer -> list(packet, writer));
    }
  }

  private static void list(Disconnect packet, PropertyWriter writer) {
    Long sessionExpirySeconds = packet.sessionExpirySeconds();
    if (sessionExpirySeconds != null) {
      writer.uint32(Property.SESSION_EXPIRY_INTERVAL, sessionExpirySeconds);
    }
    writer.string(Property.REASON_STRING, packet.reasonString());
    writer.userProperties(packet.userProperties());
    writer.string(Property.SERVER_REFERENCE, packet.serverReference());
  }
}
