package io.noctule.conformance.wire;

/** A version of MQTT as CONNECT names it. */
public enum Version {
  V3_1("MQIsdp", 3),
  V3_1_1("MQTT", 4),
  V5("MQTT", 5);

  private final String protocolName;
  private final int level;

  Version(String protocolName, int level) {
    this.protocolName = protocolName;
    this.level = level;
  }

  /** Whether packets have properties and reason codes. */
  public boolean isV5() {
    return this == V5;
  }

  String protocolName() {
    return protocolName;
  }

  int level() {
    return level;
  }
}
