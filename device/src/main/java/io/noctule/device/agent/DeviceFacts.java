package io.noctule.device.agent;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stays the same while an agent runs, as its twin tells it.
 *
 * @param id of the device
 * @param version of this program
 * @param java version of the Java that runs it
 * @param os operating system, its version and the processor
 * @param since when the agent was started
 */
record DeviceFacts(String id, String version, String java, String os, Instant since) {
  private static final Pattern MAJOR_AND_MINOR = Pattern.compile("\\d+(\\.\\d+)?");

  /** Of this process. */
  static DeviceFacts of(String id, String version, Instant since) {
    String release = System.getProperty("os.version", "");
    Matcher shorter = MAJOR_AND_MINOR.matcher(release);
    String os =
        "%s %s %s"
            .formatted(
                System.getProperty("os.name", "unknown"),
                shorter.lookingAt() ? shorter.group() : release,
                System.getProperty("os.arch", "").toLowerCase(Locale.ROOT));
    return new DeviceFacts(
        id, version, Integer.toString(Runtime.version().feature()), os.strip(), since);
  }
}
