package io.noctule.device.description;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** How a reading tells its time. */
public enum TimeFormat {
  /** ISO 8601 in UTC with milliseconds: {@code 2026-11-25T10:00:00.123Z}. */
  ISO(new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT)),
  /** Local time to the second, as the demo writes it: {@code 25/11/2026 10:00:00}. */
  DEMO(DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT));

  private final DateTimeFormatter formatter;

  TimeFormat(DateTimeFormatter formatter) {
    this.formatter = formatter;
  }

  /** Its name in {@code device.yaml}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The time as text.
   *
   * @param zone used by {@link #DEMO} alone
   */
  public String format(Instant time, ZoneId zone) {
    return formatter.format(this == ISO ? time : time.atZone(zone));
  }
}
