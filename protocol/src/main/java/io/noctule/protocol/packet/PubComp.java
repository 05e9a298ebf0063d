package io.noctule.protocol.packet;

/**
 * Ends the exchange of a QoS 2 {@link Publish} (MQTT 5.0, section 3.7).
 *
 * @param packetId 1 to 65535
 * @param reasonCode always {@link ReasonCode#SUCCESS} before MQTT 5.0
 * @param properties reason string and user properties
 */
public record PubComp(int packetId, ReasonCode reasonCode, ReasonProperties properties)
    implements Packet {
  /** Success, with nothing to add. */
  public static PubComp of(int packetId) {
    return new PubComp(packetId, ReasonCode.SUCCESS, ReasonProperties.NONE);
  }

  /** A reason code, with nothing to add. */
  public static PubComp of(int packetId, ReasonCode reasonCode) {
    return new PubComp(packetId, reasonCode, ReasonProperties.NONE);
  }
}
