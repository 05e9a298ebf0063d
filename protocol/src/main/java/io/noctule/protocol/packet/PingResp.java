package io.noctule.protocol.packet;

/** The answer to a {@link PingReq} (MQTT 5.0, section 3.13). */
public enum PingResp implements Packet {
  /** The packet has no content. */
  INSTANCE
}
