package io.noctule.device.description;

import java.util.Collection;
import java.util.List;

/** The file that a new device begins with. */
public final class DeviceTemplate {
  /** What tells most of a machine, and how much of it must change to be told. */
  private record Suggested(String name, SystemMetric metric, String interval, String sensitivity) {}

  private static final List<Suggested> SUGGESTED =
      List.of(
          new Suggested("cpu_load", SystemMetric.CPU_LOAD, "5", "1"),
          new Suggested("cpu_temperature", SystemMetric.CPU_TEMPERATURE, "5", "0.5"),
          new Suggested("memory_used", SystemMetric.MEMORY_USED_PERCENT, "5", "0.5"),
          new Suggested("disk_used", SystemMetric.DISK_USED_PERCENT, "60", "0.1"));

  private DeviceTemplate() {}

  /**
   * A {@code device.yaml} with comments that works as it is.
   *
   * @param id of the device
   * @param available what the machine tells; the others stand there as comments
   * @throws IllegalArgumentException where the id is not valid
   */
  public static String text(String id, Collection<SystemMetric> available) {
    DeviceDescription.requireId(id);
    var sensors = new StringBuilder();
    for (Suggested suggested : SUGGESTED) {
      String prefix = available.contains(suggested.metric) ? "  " : "  # ";
      if (!available.contains(suggested.metric)) {
        sensors.append("  # This machine does not tell it:\n");
      }
      sensors.append(sensor(suggested, prefix)).append('\n');
    }
    return head(id) + sensors + tail(id);
  }

  private static String sensor(Suggested suggested, String prefix) {
    return """
    %2$s%1$s:
    %2$s  kind: system
    %2$s  metric: %3$s
    %2$s  interval: %4$s
    %2$s  sensitivity: %5$s
    """
        .formatted(
            suggested.name,
            prefix,
            suggested.metric.key(),
            suggested.interval,
            suggested.sensitivity);
  }

  /** In single quotes a YAML text has no escapes but the quote itself. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replace("${", "$${") + "'";
  }

  private static String head(String id) {
    return """
      # A device. What is not given here has a default; docs/device-configuration.md has all keys.
      # ${NAME} is taken from the environment, ${NAME:-other} where it may be missing.

      # Client identifier, and last level of the device's topics: each device needs its own.
      id: %1$s

      broker:
        host: 127.0.0.1
        # port: 1883
        # user: greenhouse
        # password_file: password.txt
        # tls:
        #   cafile: ca.crt

      # Where readings go. Default: sensor_data and the id.
      # topic: sensor_data

      # Readings are kept on disk while the broker is away.
      buffer:
        max_size: 64 MiB
        # max_age: 7 d

      # Each sensor is read every `interval` seconds, and its value sent when it differs by at least
      # `sensitivity` from the last one sent. Both can be changed while the device runs, by a message
      # on config_change/%2$s such as
      # {"demo_temperature":{"interval":1}}.
      sensors:
      """
        .formatted(quoted(id), id);
  }

  private static String tail(String id) {
    return """
        # Made up, to see something move at once. Remove it when you have seen enough.
        demo_temperature:
          kind: simulated
          unit: °C
          shape: walk
          min: 18
          max: 26
          period: 300
          interval: 2
          sensitivity: 0.1

        # The number in a file, here the temperature of a board in thousandths of a degree.
        # board_temperature:
        #   kind: file
        #   path: /sys/class/thermal/thermal_zone0/temp
        #   scale: 0.001
        #   unit: °C

        # The number that a program prints. It is run without a shell.
        # users:
        #   kind: command
        #   command: [sh, -c, "who | wc -l"]
        #   timeout: 5
        #   interval: 60

      # What is done when a message comes. Messages on this topic would set a light here.
      # actions:
      #   - on: light/%1$s
      #     when: msg == "ON"
      #     run:
      #       command: [/usr/local/bin/light, "on"]
      #       timeout: 5

      # Keys of your own, reported in the twin and changed by config_change.
      custom:
        place: somewhere
      """
        .formatted(id);
  }
}
