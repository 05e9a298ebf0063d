package io.noctule.protocol.codec;

import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import java.util.Set;

/** PUBACK, PUBREC, PUBREL and PUBCOMP, which look alike (MQTT 5.0, sections 3.4 to 3.7). */
final class AcknowledgementDecoder {
  private AcknowledgementDecoder() {}

  /** The constructor of one of the four packets. */
  @FunctionalInterface
  interface Constructor {
    Packet create(int packetId, ReasonCode reasonCode, ReasonProperties properties);
  }

  /**
   * The reason code may be left out where it is success, and the properties where there are none
   * (3.4.2.1, 3.4.2.2.1).
   */
  static Packet decode(
      BodyReader body, MqttVersion version, Set<ReasonCode> allowed, Constructor constructor)
      throws ProtocolException {
    int packetId = body.packetId();
    if (!version.hasProperties() || body.isAtEnd()) {
      return constructor.create(packetId, ReasonCode.SUCCESS, ReasonProperties.NONE);
    }
    ReasonCode reasonCode = body.reasonCode(allowed);
    ReasonProperties properties =
        body.isAtEnd() ? ReasonProperties.NONE : new PropertyReader(body).reasonProperties();
    return constructor.create(packetId, reasonCode, properties);
  }
}
