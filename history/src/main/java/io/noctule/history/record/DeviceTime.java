package io.noctule.history.record;

import io.noctule.history.database.Micros;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * The time that a device wrote into its message: ISO 8601, the tutorial's {@code dd/MM/yyyy
 * HH:mm:ss}, or a count since 1970 whose unit shows by its size. What is not plausible does not
 * count: devices without a clock begin at 1970.
 */
final class DeviceTime {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** A clock that is fast by this much is wrong. */
  private static final Duration FUTURE = Duration.ofDays(1);

  private static final double SECONDS_BELOW = 1e11;
  private static final double MILLIS_BELOW = 1e14;
  private static final double MICROS_BELOW = 1e17;

  private static final int LONGEST_TEXT = 64;

  private static final DateTimeFormatter TUTORIAL =
      DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private DeviceTime() {}

  /**
   * The microseconds of a time in text; empty where it is none or not plausible.
   *
   * @param arrival when the message arrived
   * @param zone of times that name none
   */
  static OptionalLong ofText(String text, Instant arrival, ZoneId zone) {
    if (text.length() > LONGEST_TEXT) {
      return OptionalLong.empty();
    }
    try {
      return plausible(parse(text.strip(), zone), arrival);
    } catch (DateTimeException _) {
      // Any text may stand there.
      return OptionalLong.empty();
    }
  }

  private static Instant parse(String text, ZoneId zone) {
    if (text.length() > 2 && text.charAt(2) == '/') {
      return LocalDateTime.parse(text, TUTORIAL).atZone(zone).toInstant();
    }
    return switch (ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
      case OffsetDateTime time -> time.toInstant();
      case LocalDateTime time -> time.atZone(zone).toInstant();
      default -> throw new DateTimeException("neither with an offset nor without");
    };
  }

  /** The microseconds of a count since 1970 in seconds, milli-, micro- or nanoseconds. */
  static OptionalLong ofNumber(double count, Instant arrival) {
    double size = Math.abs(count);
    double micros =
        size < SECONDS_BELOW
            ? count * 1e6
            : size < MILLIS_BELOW ? count * 1e3 : size < MICROS_BELOW ? count : count / 1e3;
    return Double.isFinite(micros) && Math.abs(micros) < Long.MAX_VALUE
        ? plausible(Micros.toInstant(Math.round(micros)), arrival)
        : OptionalLong.empty();
  }

  private static OptionalLong plausible(Instant time, Instant arrival) {
    if (time.isBefore(EARLIEST) || time.isAfter(arrival.plus(FUTURE))) {
      return OptionalLong.empty();
    }
    // Whole seconds: many readings may share one. Those of this second are told apart by arrival.
    boolean thisSecond = time.equals(arrival.truncatedTo(ChronoUnit.SECONDS));
    return OptionalLong.of(Micros.of(thisSecond ? arrival : time));
  }
}
