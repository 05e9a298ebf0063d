package io.noctule.app.history;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.history.HistoryService;
import io.noctule.history.HistorySettings;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.record.RecorderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a history is kept and for how long; filled by picocli. */
public final class HistoryOptions {
  private static final String FOR_EVER = "forever";

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "where the history is kept: postgresql://USER@HOST:PORT/NAME, the password in PGPASSWORD"
              + " or ~/.pgpass; or sqlite:FILE (history.db in the data folder)")
  private @Nullable String database;

  @Option(
      names = "--keep",
      paramLabel = "AGE",
      description = "how long the history is kept: 30d, 12h, 2y; or forever (${DEFAULT-VALUE})")
  private String keep = HistorySettings.USUAL_KEEP.toDays() + "d";

  /** Nothing asked for: SQLite in the data folder, ninety days. */
  public HistoryOptions() {}

  /** Whether a database was named. */
  public boolean choosesDatabase() {
    return database != null;
  }

  /**
   * Starts a history of a broker. Neither the broker nor the database need be there yet.
   *
   * @throws CommandFailure where an option has no sense (status 2) or another process records into
   *     the folder (1)
   */
  public HistoryService start(CommandContext context, RecorderSettings broker, Path folder) {
    HistorySettings settings =
        HistorySettings.of(broker, folder)
            .withDatabase(address(context, database, folder))
            .withKeep(age());
    try {
      return HistoryService.start(settings);
    } catch (IOException e) {
      throw new CommandFailure("no history: " + e.getMessage(), CommandFailure.FAILED, e);
    }
  }

  private @Nullable Duration age() {
    if (keep.toLowerCase(Locale.ROOT).equals(FOR_EVER)) {
      return null;
    }
    return Age.parse(keep)
        .filter(Duration::isPositive)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "--keep must be like 30d, 12h, 2y or forever, not '%s'".formatted(keep)));
  }

  /** The database that is named, else the one in the folder. */
  static DatabaseAddress address(CommandContext context, @Nullable String database, Path folder) {
    if (database == null) {
      return DatabaseAddress.inFolder(folder);
    }
    try {
      return DatabaseAddress.parse(database, context.environment());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--database: " + e.getMessage(), CommandFailure.USAGE, e);
    }
  }
}
