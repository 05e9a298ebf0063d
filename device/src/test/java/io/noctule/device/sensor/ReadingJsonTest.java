package io.noctule.device.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.device.description.TimeFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payload of a reading. */
class ReadingJsonTest {
  private static final Instant TIME = Instant.parse("2026-11-25T10:00:00.123456Z");

  @Test
  void tellsTimeClientAddressAndNumbers() {
    var values = new LinkedHashMap<String, Double>();
    values.put("temperature", 21.499999999999996);
    values.put("count", 3.0);

    assertThat(
            new ReadingJson(TimeFormat.ISO, ZoneOffset.UTC)
                .of(new Reading(TIME, values), "greenhouse-1", "192.0.2.5"))
        .hasToString(
            "{\"time\":\"2026-11-25T10:00:00.123Z\",\"client\":\"greenhouse-1\","
                + "\"client_ip\":\"192.0.2.5\",\"temperature\":21.5,\"count\":3}");
  }

  @Test
  void tellsTheTimeAsTheDemoDoes() {
    assertThat(
            new ReadingJson(TimeFormat.DEMO, ZoneId.of("Asia/Singapore"))
                .of(new Reading(TIME, Map.of("a", 1.0)), "c", "::1")
                .path("time")
                .stringValue())
        .isEqualTo("25/11/2026 18:00:00");
    assertThat(TimeFormat.ISO.format(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC))
        .isEqualTo("2026-11-25T10:00:00.000Z");
  }

  @ParameterizedTest
  @CsvSource({
    "21.499999999, 21.5",
    "21.4999, 21.4999",
    "0.1, 0.1",
    "-0.0, 0",
    "1e3, 1000",
    "16777216000, 16777216000",
    "9007199254740992, 9007199254740992",
    "123456789012.4, 123456789000",
    "0.30000000000000004, 0.3",
    "52.123456789, 52.12345679",
    "1.0E-7, 1.0E-7",
    "1.0E300, 1.0E300",
  })
  void writesNumbersAsPeopleDo(double value, String text) {
    assertThat(ReadingJson.number(value)).hasToString(text);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void aNumberIsNearlyTheSame(@ForAll double value) {
    double written = ReadingJson.number(value).doubleValue();

    assertThat(Math.abs(written - value)).isLessThanOrEqualTo(Math.abs(value) * 1e-9);
  }

  @Test
  void aReadingHasFiniteNumbers() {
    assertThatThrownBy(() -> new Reading(TIME, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reading(TIME, Map.of("a", Double.NaN)))
        .hasMessage("a: must be a finite number, was NaN");
  }
}
