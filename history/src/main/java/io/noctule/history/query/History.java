package io.noctule.history.query;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseFailure;
import io.noctule.history.database.Micros;
import io.noctule.history.record.RecordingStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * What was recorded. Devices and metrics that are not there are empty answers. Any thread; each
 * call blocks until the database has answered, the others wait for one of two connections.
 *
 * <p>All but {@link #statistics} throw {@link HistoryUnavailableException} where the database is
 * away.
 */
public final class History {
  /** Points of a range, at most. */
  public static final int MOST_POINTS = 10_000;

  /** Messages of one answer, at most. */
  public static final int MOST_MESSAGES = 10_000;

  private final Database database;
  private final Supplier<RecordingStatus> recording;
  private final Jdbi jdbi;

  /**
   * The history in a database.
   *
   * @param recording tells how the recording goes
   */
  public History(Database database, Supplier<RecordingStatus> recording) {
    this.database = database;
    this.recording = recording;
    jdbi = Jdbi.create(database::openReader);
  }

  private <T> T ask(HandleCallback<T, SQLException> question) {
    try {
      return jdbi.withHandle(question);
    } catch (SQLException | JdbiException e) {
      throw new HistoryUnavailableException(
          "the history in %s cannot be read: %s"
              .formatted(database.address(), DatabaseFailure.reason(e)),
          e);
    }
  }

  /** All devices by name. */
  public List<DeviceSummary> devices() {
    return ask(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT name, first_micros,
                      (SELECT max(time_micros) FROM messages WHERE device_id = d.id) AS last_micros,
                      (SELECT count(*) FROM series WHERE device_id = d.id) AS series
                    FROM devices d ORDER BY name""")
                .map(
                    (row, _) -> {
                      Instant firstSeen = Micros.toInstant(row.getLong("first_micros"));
                      long lastMicros = row.getLong("last_micros");
                      return new DeviceSummary(
                          row.getString("name"),
                          firstSeen,
                          row.wasNull() ? null : Micros.toInstant(lastMicros),
                          row.getInt("series"));
                    })
                .list());
  }

  /** The names of a device's series, in order. */
  public List<String> series(String device) {
    return ask(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT s.name FROM series s JOIN devices d ON d.id = s.device_id
                    WHERE d.name = :device ORDER BY s.name""")
                .bind("device", device)
                .mapTo(String.class)
                .list());
  }

  /** How far each series of a device reaches, by name; without those that age has emptied. */
  public List<Extent> extents(String device) {
    return ask(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT name, first_micros, last_micros FROM (
                      SELECT s.name,
                        (SELECT min(time_micros) FROM readings WHERE series_id = s.id) AS first_micros,
                        (SELECT max(time_micros) FROM readings WHERE series_id = s.id) AS last_micros
                      FROM series s JOIN devices d ON d.id = s.device_id
                      WHERE d.name = :device) AS extents
                    WHERE first_micros IS NOT NULL ORDER BY name""")
                .bind("device", device)
                .map(
                    (row, _) ->
                        new Extent(
                            row.getString("name"),
                            Micros.toInstant(row.getLong("first_micros")),
                            Micros.toInstant(row.getLong("last_micros"))))
                .list());
  }

  /** The newest reading of each series of a device, by name. */
  public List<Reading> latest(String device) {
    return ask(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT s.name, r.time_micros, r.value FROM devices d
                    JOIN series s ON s.device_id = d.id
                    JOIN readings r ON r.series_id = s.id AND r.time_micros =
                      (SELECT max(time_micros) FROM readings WHERE series_id = s.id)
                    WHERE d.name = :device ORDER BY s.name""")
                .bind("device", device)
                .map(
                    (row, _) ->
                        new Reading(
                            row.getString("name"),
                            Micros.toInstant(row.getLong("time_micros")),
                            row.getDouble("value")))
                .list());
  }

  /**
   * A series from a time on, and before another: as it was where there are no more readings than
   * points are asked for, else with least, greatest and mean value of equal stretches of time, so
   * that no peak is lost.
   *
   * @param maxPoints 1 to {@link #MOST_POINTS}; an exception otherwise
   */
  public Range range(String device, String metric, Instant from, Instant to, int maxPoints) {
    if (maxPoints < 1 || maxPoints > MOST_POINTS) {
      throw new IllegalArgumentException(
          "maxPoints must be 1 to %d, was %d".formatted(MOST_POINTS, maxPoints));
    }
    return ask(
        handle -> {
          OptionalInt series = find(handle, device, metric);
          return series.isEmpty() || !from.isBefore(to)
              ? new Range(List.of(), Duration.ZERO)
              : new RangeQuery(handle, series.getAsInt(), Micros.of(from), Micros.of(to))
                  .sample(maxPoints);
        });
  }

  private static OptionalInt find(Handle handle, String device, String metric) {
    Optional<Integer> id =
        handle
            .createQuery(
                """
                SELECT s.id FROM series s JOIN devices d ON d.id = s.device_id
                WHERE d.name = :device AND s.name = :metric""")
            .bind("device", device)
            .bind("metric", metric)
            .mapTo(Integer.class)
            .findOne();
    return id.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /**
   * The readings of a device from a time on, and before another, a part at a time: for those who go
   * through all of them. The next call continues at the {@code next} of the page.
   *
   * @param metric which series; empty for all
   * @param readingsOfSeries readings of each series in one page at most, positive
   */
  public Page page(
      String device, Optional<String> metric, Instant from, Instant to, int readingsOfSeries) {
    return ask(handle -> new PageQuery(handle, device, metric, to).run(from, readingsOfSeries));
  }

  /**
   * The newest messages of a device from a time on, and before another; the newest first.
   *
   * @param limit 1 to {@link #MOST_MESSAGES}; an exception otherwise
   */
  public List<StoredMessage> messages(String device, Instant from, Instant to, int limit) {
    if (limit < 1 || limit > MOST_MESSAGES) {
      throw new IllegalArgumentException(
          "limit must be 1 to %d, was %d".formatted(MOST_MESSAGES, limit));
    }
    return ask(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT time_micros, received_micros, topic, payload_size, payload_text,
                      payload_bytes
                    FROM messages
                    WHERE device_id = (SELECT id FROM devices WHERE name = :device)
                      AND time_micros >= :from AND time_micros < :to
                    ORDER BY time_micros DESC, id DESC LIMIT :limit""")
                .bind("device", device)
                .bind("from", Micros.of(from))
                .bind("to", Micros.of(to))
                .bind("limit", limit)
                .map(
                    (row, _) ->
                        new StoredMessage(
                            Micros.toInstant(row.getLong("time_micros")),
                            Micros.toInstant(row.getLong("received_micros")),
                            row.getString("topic"),
                            row.getInt("payload_size"),
                            row.getString("payload_text"),
                            row.getBytes("payload_bytes")))
                .list());
  }

  /** What there is, and how the recording goes. Never fails: tells why the database is away. */
  public Statistics statistics() {
    String address = database.address().toString();
    try {
      return new Statistics(address, ask(this::contents), null, recording.get());
    } catch (HistoryUnavailableException e) {
      return new Statistics(address, null, e.getMessage(), recording.get());
    }
  }

  private Statistics.Contents contents(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT (SELECT count(*) FROM devices) AS devices,
              (SELECT count(*) FROM series) AS series,
              t.readings, t.messages, (%s) AS bytes
            FROM totals t WHERE t.id = 1"""
                .formatted(database.address().vendor().sizeQuery()))
        .map(
            (row, _) ->
                new Statistics.Contents(
                    row.getLong("devices"),
                    row.getLong("series"),
                    row.getLong("readings"),
                    row.getLong("messages"),
                    row.getLong("bytes")))
        .one();
  }
}
