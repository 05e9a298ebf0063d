package io.noctule.history.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the tables have them: microseconds since 1970-01-01T00:00:00Z. */
public final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Micros() {}

  /** The microseconds of a time; those of the nearest end where it is beyond what fits. */
  public static long of(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds >= Long.MAX_VALUE / PER_SECOND) {
      return Long.MAX_VALUE;
    }
    if (seconds <= Long.MIN_VALUE / PER_SECOND) {
      return Long.MIN_VALUE;
    }
    return seconds * PER_SECOND + time.getNano() / NANOS_PER_MICRO;
  }

  /** The time of a number of microseconds. */
  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
