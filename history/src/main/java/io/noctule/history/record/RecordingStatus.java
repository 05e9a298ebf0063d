package io.noctule.history.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the recording goes.
 *
 * @param state what it does
 * @param since since when
 * @param reason why it does not record; null where it does
 * @param waiting messages that have come and are not committed yet
 * @param counts what it counted since its start
 */
public record RecordingStatus(
    State state, Instant since, @Nullable String reason, int waiting, Counts counts) {
  /** What a recorder does. */
  public enum State {
    /** Messages are recorded as they come. */
    RECORDING,
    /** There is no connection to the broker, which keeps the messages. */
    BROKER_AWAY,
    /** The database does not take messages; the broker keeps them. */
    DATABASE_AWAY,
    /** Nobody records here. */
    STOPPED
  }

  /**
   * What a recorder counted since its start.
   *
   * @param received messages that came, those delivered again included
   * @param messages messages stored
   * @param readings readings stored
   * @param known messages that were stored already when they came
   * @param dropped messages at QoS 0 dropped since nothing more fitted into memory
   * @param refused messages that the database refused whatever was tried
   * @param readingsOverLimit readings left out by a limit
   * @param messagesOverLimit messages filed under other devices
   * @param payloadsOverLimit payloads of which only the size is kept
   * @param implausibleTimes messages stored at the time of their arrival since their own is none
   */
  public record Counts(
      long received,
      long messages,
      long readings,
      long known,
      long dropped,
      long refused,
      long readingsOverLimit,
      long messagesOverLimit,
      long payloadsOverLimit,
      long implausibleTimes) {
    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The status of a database that nobody in this process records into. */
  public static RecordingStatus stopped(Instant since) {
    return new RecordingStatus(State.STOPPED, since, null, 0, Counts.NONE);
  }
}
