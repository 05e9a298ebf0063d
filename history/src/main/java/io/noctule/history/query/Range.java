package io.noctule.history.query;

import java.time.Duration;
import java.util.List;

/**
 * A series between two times, in order. Stretches without readings have no point.
 *
 * @param points the points
 * @param step the stretch of time of a point; zero where each point is one reading
 */
public record Range(List<Point> points, Duration step) {
  /** Copies the points. */
  public Range {
    points = List.copyOf(points);
  }

  /** Whether each point is one reading as it was recorded. */
  public boolean isRaw() {
    return step.isZero();
  }
}
