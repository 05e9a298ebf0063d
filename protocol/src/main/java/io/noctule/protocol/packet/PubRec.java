package io.noctule.protocol.packet;

/**
 * The first answer to a QoS 2 {@link Publish} (MQTT 5.0, section 3.5).
 *
 * @param packetId 1 to 65535
 * @param reasonCode always {@link ReasonCode#SUCCESS} before MQTT 5.0
 * @param properties reason string and user properties
 */
public record PubRec(int packetId, ReasonCode reasonCode, ReasonProperties properties)
    implements Packet {
  /** Success, with nothing to add. */
  public static PubRec of(int packetId) {
    return new PubRec(packetId, ReasonCode.SUCCESS, ReasonProperties.NONE);
  }

  /** A reason code, with nothing to add. */
  public static PubRec of(int packetId, ReasonCode reasonCode) {
    return new PubRec(packetId, reasonCode, ReasonProperties.NONE);
  }
}
