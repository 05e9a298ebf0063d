package io.noctule.history.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.history.database.Micros;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTimeTest {
  private static final Instant ARRIVAL = Instant.parse("2026-11-25T12:00:00.250Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T10:00:00.123Z, 2026-11-25T10:00:00.123Z",
    "2026-11-25T10:00:00.123456789Z, 2026-11-25T10:00:00.123456Z",
    "2026-11-25T10:00:00+02:00, 2026-11-25T08:00:00Z",
    "2026-11-25T10:00:00+0200, 2026-11-25T08:00:00Z",
    "2026-11-25T10:00:00, 2026-11-25T09:00:00Z",
    "2026-11-25 10:00:00.5, 2026-11-25T09:00:00.500Z",
    "2026-11-25T10:00Z, 2026-11-25T10:00:00Z",
    "25/11/2026 10:00:00, 2026-11-25T09:00:00Z"
  })
  void textsAreRead(String text, Instant time) {
    assertThat(DeviceTime.ofText(text, ARRIVAL, ZONE)).hasValue(Micros.of(time));
  }

  @ParameterizedTest
  @CsvSource({
    "1795600800, 2026-11-25T10:00:00Z",
    "1795600800.5, 2026-11-25T10:00:00.500Z",
    "1795600800123, 2026-11-25T10:00:00.123Z",
    "1795600800123456, 2026-11-25T10:00:00.123456Z",
    "1795600800123456789, 2026-11-25T10:00:00.123457Z"
  })
  void theUnitOfANumberShowsByItsSize(double number, Instant time) {
    long micros = DeviceTime.ofNumber(number, ARRIVAL).orElseThrow();
    assertThat(Math.abs(micros - Micros.of(time))).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1970-01-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "2026-11-27T12:00:00Z",
        "2026-02-30T00:00:00Z",
        "25/13/2026 10:00:00",
        "+1000000000-01-01T00:00:00Z",
        "2026-11-25T10:00:00Z and much more than any time of any device needs, for sure"
      })
  void whatIsNoTimeOrNotPlausibleDoesNotCount(String text) {
    assertThat(DeviceTime.ofText(text, ARRIVAL, ZONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 12, 1e300, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -1e300})
  void numbersThatAreNoTimeDoNotCount(double number) {
    assertThat(DeviceTime.ofNumber(number, ARRIVAL)).isEmpty();
  }

  @Test
  void wholeSecondsOfTheMomentOfArrivalAreToldApartByIt() {
    assertThat(DeviceTime.ofText("2026-11-25T12:00:00Z", ARRIVAL, ZONE))
        .hasValue(Micros.of(ARRIVAL));
    assertThat(DeviceTime.ofText("2026-11-25T11:59:59Z", ARRIVAL, ZONE))
        .hasValue(Micros.of(Instant.parse("2026-11-25T11:59:59Z")));
  }
}
