package io.noctule.device.sensor;

import io.noctule.device.description.SensorDescription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the sampler knows of one sensor. Owned by the sampler's thread; times of a nano clock. */
final class Slot {
  static final long NEVER = Long.MAX_VALUE;

  /** Of the binary fractions that two values and their difference are rounded to. */
  private static final int TOLERATED_ULPS = 8;

  final String name;
  final Sensor sensor;
  SensorDescription description;

  /** {@link #NEVER} while the sensor is off. */
  long dueNanos = NEVER;

  /** The read that is under way. */
  @Nullable SensorRead underWay;

  long underWaySinceNanos;

  /** Whether the read under way has been told of as hanging. */
  boolean hanging;

  SensorState state = SensorState.NEW;
  long errorToldNanos;

  private boolean sent;
  private double sentValue;
  private long sentNanos;

  Slot(String name, Sensor sensor, SensorDescription description) {
    this.name = name;
    this.sensor = sensor;
    this.description = description;
  }

  /** Whether a value is worth sending: the first one, changed enough, or after a long silence. */
  boolean isWorthSending(double value, long nowNanos) {
    if (!sent) {
      return true;
    }
    double rounding = TOLERATED_ULPS * Math.ulp(Math.max(Math.abs(value), Math.abs(sentValue)));
    return Math.abs(value - sentValue) + rounding >= description.sampling().sensitivity()
        || nowNanos - sentNanos >= maxSilenceNanos();
  }

  void onSent(double value, long nowNanos) {
    sent = true;
    sentValue = value;
    sentNanos = nowNanos;
  }

  /** The next value is sent, whatever it is: after an error everybody wants to know. */
  void forgetSent() {
    sent = false;
  }

  long intervalNanos() {
    return nanos(description.sampling().intervalSeconds());
  }

  /** Samples come a little early or late; a silence of a minute must not become one of 65 s. */
  private long maxSilenceNanos() {
    return nanos(description.sampling().effectiveMaxSilenceSeconds())
        - TimeUnit.MILLISECONDS.toNanos(50);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
