package io.noctule.protocol.packet;

/** The protocol versions spoken: the protocol name and level of a CONNECT packet. */
public enum MqttVersion {
  /** MQTT 3.1 (2010): name {@code MQIsdp}, level 3. */
  MQTT_3_1("MQIsdp", 3),
  /** MQTT 3.1.1 (OASIS 2014): name {@code MQTT}, level 4. */
  MQTT_3_1_1("MQTT", 4),
  /** MQTT 5.0 (OASIS 2019): name {@code MQTT}, level 5. */
  MQTT_5("MQTT", 5);

  private final String protocolName;
  private final int level;

  MqttVersion(String protocolName, int level) {
    this.protocolName = protocolName;
    this.level = level;
  }

  /** The protocol name that a CONNECT packet carries. */
  public String protocolName() {
    return protocolName;
  }

  /** The protocol level that a CONNECT packet carries. */
  public int level() {
    return level;
  }

  /** Whether packets of this version carry properties and reason codes. */
  public boolean hasProperties() {
    return this == MQTT_5;
  }
}
