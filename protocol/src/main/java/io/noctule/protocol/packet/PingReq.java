package io.noctule.protocol.packet;

/** Asks the server for a sign of life (MQTT 5.0, section 3.12). */
public enum PingReq implements Packet {
  /** The packet has no content. */
  INSTANCE
}
