package io.noctule.protocol.packet;

/**
 * The sender's answer to a {@link PubRec}: the packet id will not be used for this message again
 * (MQTT 5.0, section 3.6).
 *
 * @param packetId 1 to 65535
 * @param reasonCode always {@link ReasonCode#SUCCESS} before MQTT 5.0
 * @param properties reason string and user properties
 */
public record PubRel(int packetId, ReasonCode reasonCode, ReasonProperties properties)
    implements Packet {
  /** Success, with nothing to add. */
  public static PubRel of(int packetId) {
    return new PubRel(packetId, ReasonCode.SUCCESS, ReasonProperties.NONE);
  }

  /** A reason code, with nothing to add. */
  public static PubRel of(int packetId, ReasonCode reasonCode) {
    return new PubRel(packetId, reasonCode, ReasonProperties.NONE);
  }
}
