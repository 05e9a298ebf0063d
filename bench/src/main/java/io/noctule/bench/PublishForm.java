package io.noctule.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.UserProperty;
import java.util.List;

/** The forms that a PUBLISH has on the wire. */
public enum PublishForm {
  /** MQTT 3.1.1. */
  V3(MqttVersion.MQTT_3_1_1, PublishProperties.NONE),
  /** MQTT 5.0 without properties. */
  V5(MqttVersion.MQTT_5, PublishProperties.NONE),
  /** MQTT 5.0 with what a request carries: six properties, 79 bytes. */
  V5_PROPERTIES(
      MqttVersion.MQTT_5,
      new PublishProperties(
          PayloadFormat.UTF_8,
          3600,
          "answers/device-7",
          "request1".getBytes(UTF_8),
          "application/json",
          List.of(new UserProperty("unit", "degree Celsius")),
          List.of()));

  private final MqttVersion version;

  @SuppressWarnings("ImmutableEnumChecker") // Its one array is never changed.
  private final PublishProperties properties;

  PublishForm(MqttVersion version, PublishProperties properties) {
    this.version = version;
    this.properties = properties;
  }

  MqttVersion version() {
    return version;
  }

  PublishProperties properties() {
    return properties;
  }
}
