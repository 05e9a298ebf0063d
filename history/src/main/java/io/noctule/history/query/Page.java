package io.noctule.history.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of the readings of a device.
 *
 * @param readings in order of time, then of metric
 * @param next where the next part begins; empty where this is the last
 */
public record Page(List<Reading> readings, Optional<Instant> next) {
  /** Copies the readings. */
  public Page {
    readings = List.copyOf(readings);
  }
}
