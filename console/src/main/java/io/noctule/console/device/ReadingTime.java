package io.noctule.console.device;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;

/** When a reading was measured. */
final class ReadingTime {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** A clock that is fast by this much is wrong. */
  private static final Duration FUTURE = Duration.ofDays(1);

  private ReadingTime() {}

  /** The time that the device tells where it is plausible ISO 8601, else that of arrival. */
  static Instant of(JsonNode told, Instant arrival) {
    if (!told.isString()) {
      return arrival;
    }
    try {
      Instant time = OffsetDateTime.parse(told.stringValue()).toInstant();
      return time.isBefore(EARLIEST) || time.isAfter(arrival.plus(FUTURE)) ? arrival : time;
    } catch (DateTimeParseException _) {
      // The tutorial's form, or any other: of no use without a zone.
      return arrival;
    }
  }
}
