package io.noctule.device.sensor;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What sensors that were read at the same moment have to tell.
 *
 * @param time when they were read
 * @param values finite numbers by the sensor's name, at least one, in the order of the description
 */
public record Reading(Instant time, Map<String, Double> values) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where there is none or one is not finite
   */
  public Reading {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a reading needs a value");
    }
    values.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": must be a finite number, was " + value);
          }
        });
  }
}
