package io.noctule.device.sensor;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of a {@link SensorRead}.
 *
 * @param read the attempt
 * @param time when it ended
 * @param value finite where there is no error
 * @param error why there is no value; null for success
 */
record ReadOutcome(SensorRead read, Instant time, double value, @Nullable String error) {
  private static final Logger LOG = LoggerFactory.getLogger(ReadOutcome.class);

  /** Reads the sensor, on the calling thread, whatever it throws. */
  static ReadOutcome of(SensorRead read, InstantSource clock) {
    try {
      double value = read.sensor().read();
      return Double.isFinite(value)
          ? new ReadOutcome(read, clock.instant(), value, null)
          : failed(read, clock, "the value is not a finite number");
    } catch (SensorException e) {
      return failed(read, clock, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      // A library that does not know this machine must not end the other sensors.
      LOG.warn("Reading sensor {} failed unexpectedly", read.name(), e);
      return failed(read, clock, "reading it failed: " + e);
    }
  }

  private static ReadOutcome failed(SensorRead read, InstantSource clock, String reason) {
    return new ReadOutcome(read, clock.instant(), Double.NaN, reason);
  }
}
