package io.noctule.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.noctule.app.command.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "now, 2026-11-25T12:00:00Z",
    "1h, 2026-11-25T11:00:00Z",
    "90 min, 2026-11-25T10:30:00Z",
    "2d, 2026-11-23T12:00:00Z",
    "2026-11-25, 2026-11-24T23:00:00Z",
    "2026-11-25T10:00, 2026-11-25T09:00:00Z",
    "2026-11-25 10:00:30, 2026-11-25T09:00:30Z",
    "2026-11-25T10:00Z, 2026-11-25T10:00:00Z",
    "2026-11-25T10:00:00.5+02:00, 2026-11-25T08:00:00.500Z"
  })
  void timesAreTakenAsPeopleWriteThem(String text, Instant time) {
    assertThat(PointInTime.parse("--from", text, false, NOW, ZONE)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-25, 2026-11-25T23:00:00Z", "2026-11-25T10:00, 2026-11-25T09:00:00Z"})
  void aDateEndsWithItsDay(String text, Instant time) {
    assertThat(PointInTime.parse("--to", text, true, NOW, ZONE)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "25/11/2026", "2026-13-01", "2026-02-30", "1 fortnight", "-1h"})
  void othersAreRefusedByName(String text) {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> PointInTime.parse("--from", text, false, NOW, ZONE))
        .withMessageStartingWith("--from must be like 1h (ago)")
        .withMessageContaining("'" + text + "'")
        .satisfies(failure -> assertThat(failure.exitStatus()).isEqualTo(2));
  }

  @ParameterizedTest
  @CsvSource({"30d, 720", "12h, 12", "2w, 336", "1y, 8760", "3 days, 72"})
  void agesAreTakenAsPeopleWriteThem(String text, long hours) {
    assertThat(Age.parse(text)).contains(Duration.ofHours(hours));
  }
}
