package io.noctule.history;

import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.record.RecorderSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a history records, and where.
 *
 * @param broker which broker it listens to, and as whom
 * @param folder where the client identifier is kept, and the database unless it is elsewhere
 * @param database where messages are kept
 * @param keep how long they are kept; null for ever
 * @param limits how much is taken from devices
 */
public record HistorySettings(
    RecorderSettings broker,
    Path folder,
    DatabaseAddress database,
    @Nullable Duration keep,
    HistoryLimits limits) {
  /** How long messages are kept where nothing is said: a season. */
  public static final Duration USUAL_KEEP = Duration.ofDays(90);

  /** Checks the values. */
  public HistorySettings {
    if (keep != null && (keep.isNegative() || keep.isZero())) {
      throw new IllegalArgumentException("keep must be positive, was " + keep);
    }
  }

  /** The usual: the file in the folder, ninety days, the default limits. */
  public static HistorySettings of(RecorderSettings broker, Path folder) {
    return new HistorySettings(
        broker, folder, DatabaseAddress.inFolder(folder), USUAL_KEEP, HistoryLimits.DEFAULT);
  }

  /** The same with another database. */
  public HistorySettings withDatabase(DatabaseAddress other) {
    return new HistorySettings(broker, folder, other, keep, limits);
  }

  /** The same with another age; null to keep everything. */
  public HistorySettings withKeep(@Nullable Duration other) {
    return new HistorySettings(broker, folder, database, other, limits);
  }
}
