package io.noctule.history.query;

import io.noctule.history.record.RecordingStatus;
import org.jspecify.annotations.Nullable;

/**
 * What there is, and how the recording goes.
 *
 * @param database where it is kept: the file, or server and name
 * @param contents null where the database cannot be read
 * @param unreadable why it cannot be read; null where it can
 * @param recording how the recording goes: its state, since when, why not, how many messages wait
 */
public record Statistics(
    String database,
    @Nullable Contents contents,
    @Nullable String unreadable,
    RecordingStatus recording) {
  /**
   * What there is.
   *
   * @param devices number of devices
   * @param series number of series
   * @param readings number of readings
   * @param messages number of messages
   * @param bytes size of the database
   */
  public record Contents(long devices, long series, long readings, long messages, long bytes) {}
}
