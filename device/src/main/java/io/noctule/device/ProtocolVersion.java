package io.noctule.device;

/** The MQTT version that a device speaks. */
public enum ProtocolVersion {
  /** MQTT 5, and 3.1.1 with a broker that does not understand it. */
  AUTO,
  /** MQTT 5 only. */
  V5,
  /** MQTT 3.1.1 only. */
  V3
}
