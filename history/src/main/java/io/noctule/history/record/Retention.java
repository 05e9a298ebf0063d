package io.noctule.history.record;

import io.noctule.history.database.Micros;
import io.noctule.history.database.Store;
import io.noctule.history.database.Sweep;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than it is kept, once an hour, a step at a time between commits. Owned by
 * the writer.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final @Nullable Duration keep;
  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private @Nullable Sweep sweep;
  private @Nullable Store owner;

  /**
   * A retention.
   *
   * @param keep null to keep everything
   */
  Retention(@Nullable Duration keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
  }

  /** Whether there is more to remove right now. */
  boolean isBusy() {
    return sweep != null;
  }

  /** Does a step where one is due. */
  void step(Store store, boolean idle) throws SQLException {
    if (keep == null) {
      return;
    }
    if (owner != store) {
      // A sweep ends with its store.
      owner = store;
      sweep = null;
    }
    Instant now = clock.instant();
    // A clock that was set back by years would else put the next one off for years.
    boolean due = !now.isBefore(next) || now.isBefore(next.minus(INTERVAL));
    if (sweep == null && idle && due) {
      next = now.plus(INTERVAL);
      sweep = store.sweep(Micros.of(now.minus(keep)));
    }
    Sweep running = sweep;
    if (running != null && !running.step()) {
      if (running.removed() > 0) {
        LOG.info("history: removed {} rows older than {}", running.removed(), keep);
      }
      sweep = null;
    }
  }
}
