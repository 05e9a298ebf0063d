package io.noctule.app.history;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stretch of time as people write it: {@code 90d}, {@code 12h}, {@code 30m}, {@code 2w}. */
final class Age {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6}) ?([a-z]+)");

  private Age() {}

  /** The stretch of time; empty where the text is none. */
  static Optional<Duration> parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(count));
      case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(count));
      case "h", "hour", "hours" -> Optional.of(Duration.ofHours(count));
      case "d", "day", "days" -> Optional.of(Duration.ofDays(count));
      case "w", "week", "weeks" -> Optional.of(Duration.ofDays(7 * count));
      case "y", "year", "years" -> Optional.of(Duration.ofDays(365 * count));
      default -> Optional.empty();
    };
  }
}
