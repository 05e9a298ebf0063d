package io.noctule.device;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: exponential with full jitter, so that a
 * thousand devices whose broker went away do not come back at the same moment. The n-th wait in a
 * row is drawn evenly from 0 to 1 s · 2ⁿ, at most 60 s; after a refusal that waiting alone does not
 * heal, evenly from 30 to 60 s. Owned by the device's loop.
 */
final class BackOff {
  private static final long FIRST_CEILING_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LAST_CEILING_NANOS = Duration.ofSeconds(60).toNanos();

  private final RandomGenerator random;
  private long ceilingNanos = FIRST_CEILING_NANOS;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait before the next attempt; the one after it will be longer. */
  Duration next() {
    long waitNanos = random.nextLong(ceilingNanos + 1);
    ceilingNanos = Math.min(LAST_CEILING_NANOS, ceilingNanos * 2);
    return Duration.ofNanos(waitNanos);
  }

  /** The wait before the next attempt after a refusal that somebody has to mend first. */
  Duration nextAfterLastingRefusal() {
    ceilingNanos = LAST_CEILING_NANOS;
    return Duration.ofNanos(random.nextLong(LAST_CEILING_NANOS / 2, LAST_CEILING_NANOS + 1));
  }

  /** Starts again with short waits: the connection has held. */
  void reset() {
    ceilingNanos = FIRST_CEILING_NANOS;
  }
}
