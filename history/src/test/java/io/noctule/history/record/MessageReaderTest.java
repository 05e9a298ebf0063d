package io.noctule.history.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.history.database.Entry;
import io.noctule.history.database.Entry.Delivery;
import io.noctule.history.database.Entry.Reading;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.database.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.25Z");
  private static final Delivery DELIVERY = new Delivery(0, false, false, new byte[0]);

  private final Counters counters = new Counters();
  private final MessageReader reader =
      new MessageReader(HistoryLimits.DEFAULT, InstantSource.fixed(NOW), ZoneOffset.UTC, counters);

  private Entry read(String topic, String payload) {
    return read(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  private Entry read(String topic, byte[] payload) {
    return reader.read(topic, payload, payload.length, DELIVERY);
  }

  private List<String> readings(String topic, String payload) {
    return read(topic, payload).readings().stream()
        .map(reading -> reading.series() + "=" + reading.value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sensor_data/a        | {}               | a",
        "sensor_data/a/b/c    | {\"client\":\"x\"} | a",
        "sensor_data          | {\"client\":\"x\"} | x",
        "sensor_data          | {\"client\":7}   | sensor_data",
        "sensor_data          | hello            | sensor_data",
        "sensor_data/         | {\"client\":\"x\"} | x",
        "home/kitchen/temp    | 21               | home/kitchen/temp",
        "home/kitchen/temp    | {\"client\":\"x\"} | x"
      })
  void theDeviceIsThatOfTheTopicElseOfTheMessageElseTheTopic(
      String topic, String payload, String device) {
    assertThat(read(topic, payload).device()).isEqualTo(device);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sensor_data/a   | 21.5                                   | value=21.5",
        "sensor_data/a/t | 21.5                                   | t=21.5",
        "sensor_data/a/x/t | -3e2                                 | x.t=-300.0",
        "sensor_data     | 1                                      | value=1.0",
        "home/temp       | true                                   | temp=1.0",
        "sensor_data/a   | {\"t\":1,\"on\":false,\"s\":\"x\",\"n\":null} | t=1.0, on=0.0",
        "sensor_data/a   | {\"a\":{\"b\":[1,{\"c\":2}]}}          | a.b.0=1.0, a.b.1.c=2.0",
        "sensor_data/a/r | {\"t\":1}                              | r.t=1.0",
        "sensor_data/a   | [1,2]                                  | 0=1.0, 1=2.0",
        "sensor_data/a   | {\"client\":5,\"t\":1}                 | client=5.0, t=1.0",
        "sensor_data/a   | {\"big\":123456789012345678901234567890} | big=1.2345678901234568E29"
      })
  void numbersBecomeSeriesByTheirNames(String topic, String payload, String series) {
    assertThat(String.join(", ", readings(topic, payload))).isEqualTo(series);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "",
        " ",
        "{",
        "{\"t\":1",
        "{\"t\":1} x",
        "{\"t\":NaN}",
        "NaN",
        "{\"t\":Infinity}",
        "{'t':1}",
        "\"21\"",
        "null",
        "{\"t\":01}"
      })
  void whatIsNoJsonOrHasNoNumbersIsAMessageAllTheSame(String payload) {
    Entry entry = read("sensor_data/a", payload);

    assertThat(entry.readings()).isEmpty();
    assertThat(entry.payload().text()).isEqualTo(payload);
    assertThat(entry.timed()).isFalse();
    assertThat(entry.timeMicros()).isEqualTo(Micros.of(NOW));
  }

  @Test
  void theTimeIsThatOfTheMessageWhereItIsPlausible() {
    Entry timed = read("sensor_data/a", "{\"time\":\"2026-11-25T10:00:00Z\",\"t\":1}");
    assertThat(timed.timed()).isTrue();
    assertThat(timed.timeMicros()).isEqualTo(Micros.of(Instant.parse("2026-11-25T10:00:00Z")));
    assertThat(timed.readings()).containsExactly(new Reading("t", 1));

    Entry late = read("sensor_data/a", "{\"time\":\"1970-01-01T00:00:00Z\",\"t\":1}");
    assertThat(late.timed()).isFalse();
    assertThat(late.timeMicros()).isEqualTo(late.receivedMicros());
    assertThat(counters.implausibleTimes.sum()).isEqualTo(1);
  }

  @Test
  void noTwoArrivalsAreAtTheSameTime() {
    long first = read("sensor_data/a", "1").timeMicros();
    assertThat(read("sensor_data/a", "1").timeMicros()).isEqualTo(first + 1);
  }

  @Test
  void numbersThatNoDoubleHoldsAreLeftOut() {
    assertThat(readings("sensor_data/a", "{\"t\":1e999,\"u\":1}")).containsExactly("u=1.0");
    assertThat(counters.readingsOverLimit.sum()).isEqualTo(1);
  }

  @Test
  void longArraysDeepObjectsAndManyNumbersAreBounded() {
    String many = "1,".repeat(1_000) + "1";
    assertThat(readings("sensor_data/a", "[" + many + "]")).hasSize(64);
    var object = new StringBuilder("{\"n0\":0");
    for (int i = 1; i < 1_000; i++) {
      object.append(",\"n").append(i).append("\":").append(i);
    }
    assertThat(readings("sensor_data/a", object.append("}").toString())).hasSize(256);
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    assertThat(readings("sensor_data/a", "{\"d\":" + deep + ",\"t\":1}")).containsExactly("t=1.0");
    String deeper = "[".repeat(100_000);
    assertThat(readings("sensor_data/a", deeper)).isEmpty();
    assertThat(readings("sensor_data/a", "{\"" + "n".repeat(500) + "\":1}")).isEmpty();
    assertThat(readings("sensor_data/a", "{\"t\":" + "9".repeat(5_000) + "}")).isEmpty();
  }

  @Test
  void namesAreMadeBearable() {
    assertThat(read("sensor_data", "{\"client\":\"a\\u0000b\\ud800\\n\"}").device())
        .isEqualTo("a\uFFFDb\uFFFD\uFFFD");
    String longName = "x".repeat(300);
    String cut = read("sensor_data/" + longName, "1").device();
    assertThat(cut).hasSize(200).startsWith("xxx").matches(".*~[0-9a-f]{8}");
    assertThat(read("sensor_data/" + longName + "y", "1").device()).isNotEqualTo(cut);
    assertThat(readings("sensor_data/a", "{\"=1+1\":1,\"\\ud83c\\udf21\":2,\"\":3}"))
        .containsExactly("=1+1=1.0", "\uD83C\uDF21=2.0");
  }

  @Test
  void bytesThatAreNoTextAreKeptAsBytes() {
    byte[] bytes = {(byte) 0xff, 0, 1};
    Entry entry = read("sensor_data/a", bytes);
    assertThat(entry.payload().text()).isNull();
    assertThat(entry.payload().bytes()).isEqualTo(bytes);
    assertThat(read("sensor_data/a", "a\0b").payload().text()).isNull();
  }

  @Test
  void ofATooLongPayloadTheSizeIsKept() {
    Entry entry = reader.read("sensor_data/a", new byte[1 << 20], (1 << 20) + 1, DELIVERY);
    assertThat(entry.payload().size()).isEqualTo((1 << 20) + 1);
    assertThat(entry.payload().text()).isNull();
    assertThat(entry.payload().bytes()).isNull();
    assertThat(counters.payloadsOverLimit.sum()).isEqualTo(1);
  }

  @Property(tries = 2_000)
  void anyBytesAreTaken(@ForAll byte[] payload, @ForAll String topic) {
    Entry entry = read("sensor_data/" + topic, payload);
    assertThat(entry.payload().size()).isEqualTo(payload.length);
    assertThat(entry.device()).isNotEmpty();
  }

  @Test
  void aClockThatIsSetBackIsFollowed() {
    var now = new AtomicReference<>(NOW.plus(Duration.ofDays(3_650)));
    var moving = new MessageReader(HistoryLimits.DEFAULT, now::get, ZoneOffset.UTC, counters);
    moving.read("sensor_data/a", new byte[] {'1'}, 1, DELIVERY);
    now.set(NOW);
    Entry after = moving.read("sensor_data/a", new byte[] {'1'}, 1, DELIVERY);
    Entry next = moving.read("sensor_data/a", new byte[] {'1'}, 1, DELIVERY);
    assertThat(after.receivedMicros()).isEqualTo(Micros.of(NOW));
    assertThat(next.receivedMicros()).as("each its own").isEqualTo(Micros.of(NOW) + 1);
  }
}
