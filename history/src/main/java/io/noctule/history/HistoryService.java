package io.noctule.history;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.query.History;
import io.noctule.history.record.Recorder;
import io.noctule.history.record.RecordingStatus;
import java.io.IOException;
import java.time.InstantSource;

/**
 * A history that records a broker's messages into a database and answers queries: what a program
 * starts and closes. Any thread.
 *
 * <pre>{@code
 * var broker = new RecorderSettings("127.0.0.1", 1883, null, null, null, RecorderSettings.ALL_READINGS);
 * try (var service = HistoryService.start(HistorySettings.of(broker, folder))) {
 *   service.history().devices();
 * }
 * }</pre>
 */
public final class HistoryService implements AutoCloseable {
  private final Database database;
  private final Recorder recorder;
  private final History history;

  private HistoryService(Database database, Recorder recorder) {
    this.database = database;
    this.recorder = recorder;
    history = new History(database, recorder::status);
  }

  /**
   * Starts to record. Returns at once: broker and database are sought by threads of its own, again
   * and again where they are away, which the log and {@link #status} tell.
   *
   * @throws IOException where the folder cannot be used, or another process records into it
   */
  public static HistoryService start(HistorySettings settings) throws IOException {
    var database = new Database(settings.database(), settings.limits());
    Recorder recorder =
        Recorder.start(
            settings.broker(),
            settings.folder(),
            database,
            settings.limits(),
            settings.keep(),
            InstantSource.system());
    return new HistoryService(database, recorder);
  }

  /** What was recorded. */
  public History history() {
    return history;
  }

  /** Where it is kept. */
  public DatabaseAddress database() {
    return database.address();
  }

  /** How the recording goes. */
  public RecordingStatus status() {
    return recorder.status();
  }

  /** Commits what has come where that is quick, and disconnects. */
  @Override
  public void close() {
    recorder.close();
    database.close();
  }
}
