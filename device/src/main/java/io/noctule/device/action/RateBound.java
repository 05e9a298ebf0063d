package io.noctule.device.action;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets through a burst of 50 and then 10 a second, so that an action whose message leads to itself
 * again does not become a storm. One thread at a time.
 */
final class RateBound {
  static final int BURST = 50;
  static final int PER_SECOND = 10;

  private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  private final LongSupplier nanoClock;

  /** When the store of permissions would be full again. */
  private long fullNanos;

  RateBound(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.fullNanos = nanoClock.getAsLong();
  }

  /** Whether one more may pass now. */
  boolean pass() {
    long now = nanoClock.getAsLong();
    long used = Math.max(0, fullNanos - now);
    if (used > (BURST - 1) * NANOS_EACH) {
      return false;
    }
    fullNanos = now + used + NANOS_EACH;
    return true;
  }
}
