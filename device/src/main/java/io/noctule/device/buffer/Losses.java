package io.noctule.device.buffer;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Counts the records that were dropped and tells of them: at once, and then at most once a minute.
 * Owned by the buffer's thread.
 */
final class Losses {
  private static final long QUIET_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Clock clock;
  private final Consumer<String> problems;
  private long count;
  private long untold;
  private long toldMillis;

  Losses(Clock clock, Consumer<String> problems) {
    this.clock = clock;
    this.problems = problems;
    this.toldMillis = clock.millis() - QUIET_MILLIS;
  }

  /** Counts records that are gone for a reason. */
  void add(long records, String reason) {
    if (records <= 0) {
      return;
    }
    count += records;
    untold += records;
    long now = clock.millis();
    if (now - toldMillis >= QUIET_MILLIS || now < toldMillis) {
      problems.accept(
          "%d %s dropped: %s (%d so far)"
              .formatted(untold, untold == 1 ? "reading" : "readings", reason, count));
      untold = 0;
      toldMillis = now;
    }
  }

  long count() {
    return count;
  }
}
