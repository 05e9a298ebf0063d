package io.noctule.device.description;

import java.util.Locale;

/** What a {@code system} sensor measures. */
public enum SystemMetric {
  /** How busy the processors were since the last sample, at first since the machine started. */
  CPU_LOAD("%", "how busy all processors were since the last sample"),
  /** Temperature of the processor. */
  CPU_TEMPERATURE("°C", "temperature of the processor"),
  /** Processes that ran or waited to, averaged over a minute. */
  LOAD_AVERAGE("", "processes that run or wait to, averaged over a minute"),
  /** Memory that is not available to programs. */
  MEMORY_USED("MiB", "memory in use"),
  /** The same as a share of all memory. */
  MEMORY_USED_PERCENT("%", "memory in use, of all there is"),
  /** How full the file system of a path is. */
  DISK_USED_PERCENT("%", "how full the file system of path is"),
  /** Space left for this user on the file system of a path. */
  DISK_FREE("MiB", "space left on the file system of path"),
  /** Bytes received by all network interfaces but loopback, since the last sample, each second. */
  NETWORK_RECEIVED("kB/s", "received by all network interfaces but loopback since the last sample"),
  /** Bytes sent by all network interfaces but loopback, since the last sample, each second. */
  NETWORK_SENT("kB/s", "sent by all network interfaces but loopback since the last sample"),
  /** Time since the machine started. */
  UPTIME("s", "time since the machine started");

  private final String unit;
  private final String sentence;

  SystemMetric(String unit, String sentence) {
    this.unit = unit;
    this.sentence = sentence;
  }

  /** The unit of its values, empty for a plain number. */
  public String unit() {
    return unit;
  }

  /** What it tells, in a few words. */
  public String sentence() {
    return sentence;
  }

  /** Its name in {@code device.yaml}: {@code cpu_load}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it looks at the file system of a path. */
  public boolean usesPath() {
    return this == DISK_USED_PERCENT || this == DISK_FREE;
  }
}
