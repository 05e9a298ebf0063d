package io.noctule.history.record;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential with jitter, so that many who lost the same
 * server do not come back at the same moment. The n-th wait in a row is drawn evenly from half to
 * all of 0.2 s · 2ⁿ, at most 30 s. For one thread.
 */
final class BackOff {
  private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LAST_NANOS = Duration.ofSeconds(30).toNanos();

  private final RandomGenerator random;
  private long ceilingNanos = FIRST_NANOS;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long waitNanos = random.nextLong(ceilingNanos / 2, ceilingNanos + 1);
    ceilingNanos = Math.min(LAST_NANOS, ceilingNanos * 2);
    return Duration.ofNanos(waitNanos);
  }

  /** Starts again with short waits: it worked. */
  void reset() {
    ceilingNanos = FIRST_NANOS;
  }
}
