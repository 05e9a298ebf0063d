package io.noctule.console.series;

import io.helidon.webserver.http.ServerRequest;
import io.noctule.console.http.Problem;
import io.noctule.console.http.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times and numbers in a query. */
final class TimeParameter {
  private static final Instant EARLIEST = Instant.EPOCH;

  /** Far enough for every clock, near enough for every database. */
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private TimeParameter() {}

  /**
   * A time: ISO 8601 with an offset, or milliseconds since 1970.
   *
   * @throws ProblemException where it is none
   */
  static Instant time(ServerRequest request, String name, Instant usual) {
    String text = request.query().first(name).orElse("");
    if (text.isEmpty()) {
      return usual;
    }
    try {
      Instant time =
          text.matches("-?[0-9]{1,15}")
              ? Instant.ofEpochMilli(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException _) {
      // Told below.
    }
    throw new ProblemException(
        Problem.badValue(
            name,
            ("%s must be a time from 1970 to 9999 like 2026-11-25T10:00:00Z, or milliseconds since"
                    + " 1970, was '%s'.")
                .formatted(name, text)));
  }

  /**
   * A number from 1 on.
   *
   * @throws ProblemException where it is none
   */
  static int number(ServerRequest request, String name, int usual, int most) {
    String text = request.query().first(name).orElse("");
    if (text.isEmpty()) {
      return usual;
    }
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw new ProblemException(
          Problem.badValue(name, "%s must be 1 to %d, was '%s'.".formatted(name, most, text)));
    }
    return number;
  }
}
