package io.noctule.device.sensor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a sensor fares.
 *
 * @param value its last good value, sent or not; null before the first one
 * @param time when that was; null with it
 * @param error why the last attempt gave none; null when all is well
 */
public record SensorState(@Nullable Double value, @Nullable Instant time, @Nullable String error) {
  /** Not read yet. */
  public static final SensorState NEW = new SensorState(null, null, null);
}
