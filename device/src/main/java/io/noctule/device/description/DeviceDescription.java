package io.noctule.device.description;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device as {@code device.yaml} describes it.
 *
 * @param id client identifier and last level of the device's topics
 * @param broker where it connects to
 * @param topic where its readings go
 * @param timeFormat how they tell their time
 * @param buffer what is kept while the broker is away
 * @param sensors by name, in the order of the file
 * @param actions in the order of the file
 * @param custom keys of the user's own, JSON; copied
 */
public record DeviceDescription(
    String id,
    BrokerDescription broker,
    String topic,
    TimeFormat timeFormat,
    BufferDescription buffer,
    Map<String, SensorDescription> sensors,
    List<ActionDescription> actions,
    ObjectNode custom) {
  /** Each of them may have a thread that waits for it. */
  public static final int MAX_SENSORS = 64;

  static final int MAX_ACTIONS = 64;

  /** What a reading or a configuration says beside the sensors, under the same roof. */
  static final Set<String> RESERVED_SENSOR_NAMES =
      Set.of(
          "time",
          "client",
          "client_ip",
          "msg",
          "sensors",
          "custom",
          "topic",
          "revision",
          "change_id",
          "interval",
          "frequency",
          "sensitivity",
          "max_silence",
          "enabled");

  private static final Pattern SENSOR_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern ID = Pattern.compile("[^/+#$\\p{Cntrl}][^/+#\\p{Cntrl}]{0,127}");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is not valid, beginning with its name
   */
  public DeviceDescription {
    requireId(id);
    Topics.requireReadingTopic("topic", topic);
    sensors.keySet().forEach(DeviceDescription::requireSensorName);
    requireAtMost("sensors", MAX_SENSORS, sensors.size());
    requireAtMost("actions", MAX_ACTIONS, actions.size());
    sensors = Collections.unmodifiableMap(new LinkedHashMap<>(sensors));
    actions = List.copyOf(actions);
    custom = (ObjectNode) JsonValues.canonical(custom);
    CustomKeys.violation(custom)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("custom: " + reason);
            });
  }

  /** A copy of the user's own keys. */
  @Override
  public ObjectNode custom() {
    return custom.deepCopy();
  }

  /** The topic of readings where none is given: {@code sensor_data/ID}. */
  public static String defaultTopic(String id) {
    return "sensor_data/" + id;
  }

  static void requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id: must have 1 to 128 characters, none of them / + # and no $ in front, was '%s'"
              .formatted(id));
    }
  }

  static void requireSensorName(String name) {
    if (!SENSOR_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "sensors: a name must be 1 to 64 letters, digits, _ . or - and begin with a letter, "
              + "was '%s'".formatted(name));
    }
    if (RESERVED_SENSOR_NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "sensors: '%s' has a meaning of its own and cannot be the name of a sensor"
              .formatted(name));
    }
  }

  private static void requireAtMost(String name, int max, int was) {
    if (was > max) {
      throw new IllegalArgumentException(
          "%s: must be at most %d, were %d".formatted(name, max, was));
    }
  }
}
