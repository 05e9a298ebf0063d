package io.noctule.history.query;

import io.noctule.history.database.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A page of the readings of a device, in order of time and metric. A page is a stretch of time in
 * which no series has more than so many readings: found in the index, so that all pages together
 * cost as much as all readings once.
 */
final class PageQuery {
  private static final String SERIES =
      """
      SELECT s.id FROM series s JOIN devices d ON d.id = s.device_id
      WHERE d.name = :device AND (:all = 1 OR s.name = :metric)""";

  private final Handle handle;
  private final String device;
  private final Optional<String> metric;
  private final long toMicros;

  PageQuery(Handle handle, String device, Optional<String> metric, Instant to) {
    this.handle = handle;
    this.device = device;
    this.metric = metric;
    toMicros = Micros.of(to);
  }

  Page run(Instant from, int readingsOfSeries) {
    long fromMicros = Micros.of(from);
    Optional<Long> end = end(fromMicros, readingsOfSeries);
    return new Page(readings(fromMicros, end.orElse(toMicros)), end.map(Micros::toInstant));
  }

  /** The time of the first reading that is one too many in its series. */
  private Optional<Long> end(long fromMicros, int readingsOfSeries) {
    return handle
        .createQuery(
            """
            SELECT min(one_too_many) FROM (SELECT
              (SELECT r.time_micros FROM readings r
               WHERE r.series_id = s.id AND r.time_micros >= :from AND r.time_micros < :to
               ORDER BY r.time_micros LIMIT 1 OFFSET :most) AS one_too_many
              FROM (%s) AS s) AS series_ends"""
                .formatted(SERIES))
        .bind("device", device)
        .bind("all", metric.isEmpty() ? 1 : 0)
        .bind("metric", metric.orElse(""))
        .bind("from", fromMicros)
        .bind("to", toMicros)
        .bind("most", readingsOfSeries)
        .mapTo(Long.class)
        .findOne();
  }

  private List<Reading> readings(long fromMicros, long endMicros) {
    return handle
        .createQuery(
            """
            SELECT s.name, r.time_micros, r.value FROM readings r
            JOIN series s ON s.id = r.series_id
            WHERE r.series_id IN (%s) AND r.time_micros >= :from AND r.time_micros < :end
            ORDER BY r.time_micros, s.name"""
                .formatted(SERIES))
        .bind("device", device)
        .bind("all", metric.isEmpty() ? 1 : 0)
        .bind("metric", metric.orElse(""))
        .bind("from", fromMicros)
        .bind("end", endMicros)
        .map(
            (row, _) ->
                new Reading(
                    row.getString("name"),
                    Micros.toInstant(row.getLong("time_micros")),
                    row.getDouble("value")))
        .list();
  }
}
