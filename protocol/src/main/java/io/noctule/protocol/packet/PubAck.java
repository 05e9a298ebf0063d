package io.noctule.protocol.packet;

/**
 * Acknowledges a QoS 1 {@link Publish} (MQTT 5.0, section 3.4).
 *
 * @param packetId 1 to 65535
 * @param reasonCode always {@link ReasonCode#SUCCESS} before MQTT 5.0
 * @param properties reason string and user properties
 */
public record PubAck(int packetId, ReasonCode reasonCode, ReasonProperties properties)
    implements Packet {
  /** Success, with nothing to add. */
  public static PubAck of(int packetId) {
    return new PubAck(packetId, ReasonCode.SUCCESS, ReasonProperties.NONE);
  }

  /** A reason code, with nothing to add. */
  public static PubAck of(int packetId, ReasonCode reasonCode) {
    return new PubAck(packetId, reasonCode, ReasonProperties.NONE);
  }
}
