package io.noctule.app.history;

import io.noctule.app.command.CommandFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/**
 * A time as people write it: {@code now}, {@code 1h} (ago), {@code 2026-11-25}, {@code 2026-11-25
 * 10:00} (of this machine), or ISO 8601 with an offset.
 */
final class PointInTime {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .appendPattern("HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private PointInTime() {}

  /**
   * The time that an option names.
   *
   * @param end whether it ends a range: a date then means the end of its day
   * @throws CommandFailure with status 2 where it is none
   */
  static Instant parse(String option, String text, boolean end, Instant now, ZoneId zone) {
    if (text.equalsIgnoreCase("now")) {
      return now;
    }
    try {
      Optional<Duration> ago = Age.parse(text);
      return ago.isPresent() ? now.minus(ago.get()) : named(text, end, zone);
    } catch (DateTimeParseException e) {
      throw new CommandFailure(
          "%s must be like 1h (ago), 2026-11-25, 2026-11-25T10:00 or 2026-11-25T10:00Z, not '%s'"
              .formatted(option, text),
          CommandFailure.USAGE,
          e);
    }
  }

  private static Instant named(String text, boolean end, ZoneId zone) {
    return switch (FORM.parseBest(
        text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)) {
      case OffsetDateTime time -> time.toInstant();
      case LocalDateTime time -> time.atZone(zone).toInstant();
      case LocalDate day -> (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
      default -> throw new DateTimeException("neither a time nor a date");
    };
  }
}
