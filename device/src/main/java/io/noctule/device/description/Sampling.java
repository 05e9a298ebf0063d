package io.noctule.device.description;

import java.util.OptionalDouble;

/**
 * When a sensor is read and which of its values are sent. All of it may be changed at run time.
 *
 * @param intervalSeconds time between two samples, 0.1 to 86400
 * @param sensitivity a value is sent when it differs from the last one sent by at least this, in
 *     the sensor's unit; 0 sends each sample
 * @param maxSilenceSeconds a sample is sent, changed or not, when none was for this long, 1 to
 *     604800; empty for {@link #effectiveMaxSilenceSeconds}'s default
 * @param enabled whether the sensor is read at all
 */
public record Sampling(
    double intervalSeconds, double sensitivity, OptionalDouble maxSilenceSeconds, boolean enabled) {
  static final NumberRange INTERVAL = new NumberRange(0.1, 86_400, "seconds");
  static final NumberRange SENSITIVITY = NumberRange.atLeast(0);
  static final NumberRange MAX_SILENCE = new NumberRange(1, 604_800, "seconds");

  /** Every 5 seconds, each sample sent. */
  public static final Sampling DEFAULT = new Sampling(5, 0, OptionalDouble.empty(), true);

  private static final double DEFAULT_SILENCE_INTERVALS = 10;
  private static final double DEFAULT_SILENCE_AT_LEAST_SECONDS = 60;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is out of range
   */
  public Sampling {
    INTERVAL.require("interval", intervalSeconds);
    SENSITIVITY.require("sensitivity", sensitivity);
    maxSilenceSeconds.ifPresent(seconds -> MAX_SILENCE.require("max_silence", seconds));
  }

  /** The maximum silence, where none is set ten intervals and at least a minute. */
  public double effectiveMaxSilenceSeconds() {
    return maxSilenceSeconds.orElse(
        Math.max(DEFAULT_SILENCE_AT_LEAST_SECONDS, DEFAULT_SILENCE_INTERVALS * intervalSeconds));
  }
}
