package io.noctule.history.record;

import io.noctule.history.database.Database;
import io.noctule.history.database.HistoryLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the messages of a broker into a database, each exactly once where the broker keeps its
 * promises: acknowledges after the commit, and knows what it committed when the broker delivers it
 * again. Neither broker nor database need be there when it starts. Any thread.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int WAITING_MESSAGES = 20_000;
  private static final long WAITING_BYTES = 16L << 20;

  /** Together with the next one less than the time that a process has to end. */
  private static final Duration LAST_COMMIT = Duration.ofSeconds(2);

  /**
   * A broker that accepts a connection and then says nothing holds the thread up for longer; it is
   * a daemon, which finds the intake closed and ends by itself.
   */
  private static final Duration LAST_GOODBYE = Duration.ofSeconds(1);

  private final Identity identity;
  private final Counters counters = new Counters();
  private final Progress progress;
  private final Intake intake;
  private final Writer writer;
  private final BrokerConnection connection;
  private final Thread writerThread;
  private final Thread connectionThread;

  private Recorder(
      RecorderSettings settings,
      Identity identity,
      Database database,
      HistoryLimits limits,
      @Nullable Duration keep,
      InstantSource clock) {
    this.identity = identity;
    progress = new Progress(clock);
    intake = new Intake(WAITING_MESSAGES, WAITING_BYTES);
    writer =
        new Writer(
            database,
            identity.clientId(),
            intake,
            counters,
            progress,
            new BackOff(new SplittableRandom()),
            keep,
            clock);
    connection =
        new BrokerConnection(
            settings,
            identity,
            new MessageReader(limits, clock, ZoneId.systemDefault(), counters),
            limits.payloadBytes(),
            intake,
            counters,
            progress,
            new BackOff(new SplittableRandom()));
    writerThread = Thread.ofPlatform().name("noctule-history").daemon().unstarted(writer);
    connectionThread =
        Thread.ofPlatform().name("noctule-history-mqtt").daemon().unstarted(connection);
  }

  /**
   * Starts to record.
   *
   * @param folder where the client identifier is kept; made where it does not exist
   * @param keep how long messages and readings are kept; null for ever
   * @param clock tells the time of arrival
   * @throws IOException where the folder cannot be used, or another process records into it
   */
  public static Recorder start(
      RecorderSettings settings,
      Path folder,
      Database database,
      HistoryLimits limits,
      @Nullable Duration keep,
      InstantSource clock)
      throws IOException {
    var recorder = new Recorder(settings, Identity.hold(folder), database, limits, keep, clock);
    recorder.writerThread.start();
    recorder.connectionThread.start();
    return recorder;
  }

  /** How it goes. */
  public RecordingStatus status() {
    return progress.status(writer.waiting(), counters);
  }

  /** Who it is to the broker. */
  public String clientId() {
    return identity.clientId();
  }

  /**
   * Commits and acknowledges what has come where that takes no longer than two seconds, and
   * disconnects. The broker keeps what is not acknowledged.
   */
  @Override
  public void close() {
    intake.close();
    try {
      if (!writerThread.join(LAST_COMMIT)) {
        LOG.warn("history: the database takes too long; the broker keeps {}", writer.waiting());
        writerThread.interrupt();
      }
      connection.close();
      connectionThread.interrupt();
      connectionThread.join(LAST_GOODBYE);
    } catch (InterruptedException _) {
      writerThread.interrupt();
      connectionThread.interrupt();
      Thread.currentThread().interrupt();
    }
    progress.stopped();
    try {
      identity.close();
    } catch (IOException e) {
      LOG.debug("closing the client's file: {}", e.getMessage());
    }
  }
}
