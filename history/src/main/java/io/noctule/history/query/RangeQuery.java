package io.noctule.history.query;

import io.noctule.history.database.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The readings of one series between two times, or less of them. For one thread. */
final class RangeQuery {
  private final Handle handle;
  private final int series;
  private final long fromMicros;
  private final long toMicros;

  RangeQuery(Handle handle, int series, long fromMicros, long toMicros) {
    this.handle = handle;
    this.series = series;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
  }

  Range sample(int maxPoints) {
    // One more than fits tells that they are too many, without counting them all.
    List<Point> readings = raw(maxPoints + 1);
    return readings.size() <= maxPoints ? new Range(readings, Duration.ZERO) : sampled(maxPoints);
  }

  private List<Point> raw(int limit) {
    return handle
        .createQuery(
            """
            SELECT time_micros, value FROM readings
            WHERE series_id = :series AND time_micros >= :from AND time_micros < :to
            ORDER BY time_micros LIMIT :limit""")
        .bind("series", series)
        .bind("from", fromMicros)
        .bind("to", toMicros)
        .bind("limit", limit)
        .map(
            (row, _) -> {
              Instant time = Micros.toInstant(row.getLong("time_micros"));
              double value = row.getDouble("value");
              return new Point(time, time, value, value, value, 1);
            })
        .list();
  }

  private Range sampled(int maxPoints) {
    // An open range ("all there is") would have one stretch with everything in it.
    long first = edge("min");
    long end = edge("max") + 1;
    long width = Math.max(1, Math.ceilDiv(end - first, maxPoints));
    List<Point> points =
        handle
            .createQuery(
                """
                SELECT min(time_micros) AS first, max(time_micros) AS last,
                  min(value) AS least, max(value) AS greatest, avg(value) AS mean, count(*) AS n
                FROM readings
                WHERE series_id = :series AND time_micros >= :first AND time_micros < :end
                GROUP BY (time_micros - :first) / :width ORDER BY 1""")
            .bind("series", series)
            .bind("first", first)
            .bind("end", end)
            .bind("width", width)
            .map(
                (row, _) ->
                    new Point(
                        Micros.toInstant(row.getLong("first")),
                        Micros.toInstant(row.getLong("last")),
                        row.getDouble("least"),
                        row.getDouble("greatest"),
                        row.getDouble("mean"),
                        row.getLong("n")))
            .list();
    return new Range(points, Duration.of(width, ChronoUnit.MICROS));
  }

  /** The first or last time that is there; found at once in the index. */
  private long edge(String which) {
    return handle
        .createQuery(
            "SELECT %s(time_micros) FROM readings".formatted(which)
                + " WHERE series_id = :series AND time_micros >= :from AND time_micros < :to")
        .bind("series", series)
        .bind("from", fromMicros)
        .bind("to", toMicros)
        .mapTo(Long.class)
        .one();
  }
}
