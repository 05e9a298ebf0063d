package io.noctule.app.client;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The conversions of strftime(3) in the C locale, and mosquitto_sub's N for nanoseconds. */
final class TimeFormat {
  private static final Map<Character, Function<ZonedDateTime, String>> CONVERSIONS =
      Map.ofEntries(
          pattern('a', "EEE"),
          pattern('A', "EEEE"),
          pattern('b', "MMM"),
          pattern('B', "MMMM"),
          pattern('c', "EEE MMM ppd HH:mm:ss yyyy"),
          Map.entry('C', time -> "%02d".formatted(time.getYear() / 100)),
          pattern('d', "dd"),
          pattern('D', "MM/dd/yy"),
          pattern('e', "ppd"),
          pattern('F', "yyyy-MM-dd"),
          Map.entry('g', time -> "%02d".formatted(time.get(IsoFields.WEEK_BASED_YEAR) % 100)),
          Map.entry('G', time -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR))),
          pattern('h', "MMM"),
          pattern('H', "HH"),
          pattern('I', "hh"),
          pattern('j', "DDD"),
          pattern('k', "ppH"),
          pattern('l', "pph"),
          pattern('m', "MM"),
          pattern('M', "mm"),
          Map.entry('n', _ -> "\n"),
          Map.entry('N', time -> "%09d".formatted(time.getNano())),
          pattern('p', "a"),
          Map.entry('P', time -> lower(time, "a")),
          pattern('r', "hh:mm:ss a"),
          pattern('R', "HH:mm"),
          Map.entry('s', time -> String.valueOf(time.toEpochSecond())),
          pattern('S', "ss"),
          Map.entry('t', _ -> "\t"),
          pattern('T', "HH:mm:ss"),
          Map.entry('u', time -> String.valueOf(time.getDayOfWeek().getValue())),
          Map.entry('U', time -> "%02d".formatted(week(time, DayOfWeek.SUNDAY))),
          Map.entry('V', time -> "%02d".formatted(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))),
          Map.entry('w', time -> String.valueOf(time.getDayOfWeek().getValue() % 7)),
          Map.entry('W', time -> "%02d".formatted(week(time, DayOfWeek.MONDAY))),
          pattern('x', "MM/dd/yy"),
          pattern('X', "HH:mm:ss"),
          pattern('y', "yy"),
          pattern('Y', "yyyy"),
          pattern('z', "xx"),
          pattern('Z', "zzz"),
          Map.entry('%', _ -> "%"));

  private TimeFormat() {}

  /** What a conversion character stands for; empty where it stands for nothing. */
  static Optional<Function<ZonedDateTime, String>> conversion(char character) {
    return Optional.ofNullable(CONVERSIONS.get(character));
  }

  private static Map.Entry<Character, Function<ZonedDateTime, String>> pattern(
      char character, String pattern) {
    DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    Locale english = Locale.ENGLISH;
    return Map.entry(character, formatter.withLocale(english)::format);
  }

  private static String lower(ZonedDateTime time, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .format(time)
        .toLowerCase(Locale.ROOT);
  }

  /** The week of the year, the first starting at the first such day; days before are in week 0. */
  private static int week(ZonedDateTime time, DayOfWeek firstDay) {
    int first =
        time.with(ChronoField.DAY_OF_YEAR, 1)
            .with(TemporalAdjusters.nextOrSame(firstDay))
            .getDayOfYear();
    return Math.floorDiv(time.getDayOfYear() - first, 7) + 1;
  }
}
