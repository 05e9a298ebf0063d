package io.noctule.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {
  private static final ZonedDateTime TIME =
      ZonedDateTime.parse("2024-03-03T07:05:09.000000042+01:00[Europe/Berlin]");

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a,Sun",
        "B,March",
        "c,Sun Mar  3 07:05:09 2024",
        "C,20",
        "e, 3",
        "I,07",
        "j,063",
        "k, 7",
        "N,000000042",
        "P,am",
        "r,07:05:09 AM",
        "s,1709445909",
        "u,7",
        "U,09",
        "V,09",
        "w,0",
        "W,09",
        "z,+0100",
        "Z,CET"
      })
  void conversionsAreThoseOfStrftime(char character, String text) {
    assertThat(TimeFormat.conversion(character).orElseThrow().apply(TIME)).isEqualTo(text);
  }
}
