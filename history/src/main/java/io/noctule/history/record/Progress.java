package io.noctule.history.record;

import io.noctule.history.record.RecordingStatus.Counts;
import io.noctule.history.record.RecordingStatus.State;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the two threads of a recorder tell of themselves, put together. Any thread.
 *
 * <p>The database counts more than the broker: without it, a connection is of no use.
 */
final class Progress {
  private final InstantSource clock;
  private @Nullable String brokerReason = "not connected yet";
  private @Nullable String databaseReason = "not opened yet";
  private State state = State.BROKER_AWAY;
  private Instant since;

  Progress(InstantSource clock) {
    this.clock = clock;
    since = clock.instant();
  }

  /**
   * Tells how the broker is.
   *
   * @param reason null where connected and subscribed
   */
  synchronized void broker(@Nullable String reason) {
    brokerReason = reason;
    settle();
  }

  /**
   * Tells how the database is.
   *
   * @param reason null where it takes messages
   * @return whether this is news
   */
  synchronized boolean database(@Nullable String reason) {
    boolean news = reason == null ? databaseReason != null : !reason.equals(databaseReason);
    databaseReason = reason;
    settle();
    return news;
  }

  private void settle() {
    State now =
        databaseReason != null
            ? State.DATABASE_AWAY
            : brokerReason != null ? State.BROKER_AWAY : State.RECORDING;
    if (now != state) {
      state = now;
      since = clock.instant();
    }
  }

  synchronized void stopped() {
    state = State.STOPPED;
    since = clock.instant();
  }

  synchronized RecordingStatus status(int waiting, Counters counters) {
    String reason =
        switch (state) {
          case DATABASE_AWAY -> databaseReason;
          case BROKER_AWAY -> brokerReason;
          case RECORDING, STOPPED -> null;
        };
    return new RecordingStatus(state, since, reason, waiting, counts(counters));
  }

  private static Counts counts(Counters counters) {
    return new Counts(
        counters.received.sum(),
        counters.messages.sum(),
        counters.readings.sum(),
        counters.known.sum(),
        counters.dropped.sum(),
        counters.refused.sum(),
        counters.readingsOverLimit.sum(),
        counters.messagesOverLimit.sum(),
        counters.payloadsOverLimit.sum(),
        counters.implausibleTimes.sum());
  }
}
