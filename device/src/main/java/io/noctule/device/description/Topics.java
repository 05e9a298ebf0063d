package io.noctule.device.description;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.util.List;

/** Which topics a device takes. */
final class Topics {
  /** What has a meaning of its own between devices and console: no place for readings. */
  private static final List<String> RESERVED = List.of("config_change", "status", "twin");

  private Topics() {}

  /**
   * Checks where readings go.
   *
   * @throws IllegalArgumentException beginning with the name
   */
  static void requireReadingTopic(String name, String topic) {
    try {
      MqttTopic.of(topic);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: must be a topic name without wildcards, was '%s'".formatted(name, topic), e);
    }
    int slash = topic.indexOf('/');
    String first = slash < 0 ? topic : topic.substring(0, slash);
    if (first.startsWith("$") || RESERVED.contains(first)) {
      throw new IllegalArgumentException(
          "%s: must not begin with $, config_change, status or twin, was '%s'"
              .formatted(name, topic));
    }
  }

  /**
   * Checks a topic filter.
   *
   * @throws IllegalArgumentException beginning with the name
   */
  static void requireFilter(String name, String filter) {
    try {
      MqttTopicFilter.of(filter);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: must be a topic filter (+ is one whole level, # is all that follows), was '%s'"
              .formatted(name, filter),
          e);
    }
  }
}
