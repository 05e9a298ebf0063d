package io.noctule.console.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Slows down those who guess: so many failures of one key within a time, then none is tried until
 * the time is over. Any thread.
 *
 * <p>At most {@value #MOST_KEYS} keys are remembered; one more forgets the one that failed longest
 * ago.
 */
final class GuessLimit {
  private static final int MOST_KEYS = 10_000;

  private final int mostFailures;
  private final long windowNanos;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of the last failure. */
  private final Map<String, Failures> byKey = new LinkedHashMap<>();

  private record Failures(long firstNanos, int count) {}

  GuessLimit(int mostFailures, Duration window, LongSupplier nanos) {
    this.mostFailures = mostFailures;
    this.windowNanos = window.toNanos();
    this.nanos = nanos;
  }

  /** Seconds until a key may try again; 0 where it may now. */
  long secondsToWait(String key) {
    lock.lock();
    try {
      Failures failures = byKey.get(key);
      if (failures == null || failures.count < mostFailures) {
        return 0;
      }
      long left = windowNanos - (nanos.getAsLong() - failures.firstNanos);
      return left <= 0 ? 0 : Math.ceilDiv(left, Duration.ofSeconds(1).toNanos());
    } finally {
      lock.unlock();
    }
  }

  void failed(String key) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      Failures before = byKey.remove(key);
      byKey.put(
          key,
          before == null || now - before.firstNanos >= windowNanos
              ? new Failures(now, 1)
              : new Failures(before.firstNanos, before.count + 1));
      if (byKey.size() > MOST_KEYS) {
        byKey.remove(byKey.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  void succeeded(String key) {
    lock.lock();
    try {
      byKey.remove(key);
    } finally {
      lock.unlock();
    }
  }
}
