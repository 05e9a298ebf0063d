package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static io.noctule.conformance.console.RunningConsole.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.conformance.console.Browser.Answer;
import io.noctule.console.ConsoleConfig;
import io.noctule.console.mqtt.Account;
import io.noctule.history.HistoryService;
import io.noctule.history.HistorySettings;
import io.noctule.history.record.RecorderSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What was measured before, out of a history that records beside the console. */
class SeriesTest {
  private static final String SHED = "/api/v1/devices/shed";

  /** Young enough to be kept. */
  private static Instant firstReading = Instant.EPOCH;

  private static final int READINGS = 100;

  @TempDir private static Path folder;
  private static @Nullable HistoryService history;
  private static RunningConsole console;

  @BeforeAll
  static void start() throws Exception {
    firstReading = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    console = RunningConsole.start(folder, SeriesTest::withHistory);
    for (int i = 0; i < READINGS; i++) {
      console.publish(
          "sensor_data/shed",
          "{\"time\":\"%s\",\"client\":\"shed\",\"temperature\":%d,\"a/b c\":1}"
              .formatted(firstReading.plusSeconds(i), i == 50 ? 1000 : i));
    }
    console.publish("sensor_data/barn", "{\"humidity\":1}");
    Browser admin = console.loggedIn(ADMIN);
    await()
        .until(() -> admin.get("/api/v1/history").json().path("messages").asInt() == READINGS + 1);
  }

  private static ConsoleConfig withHistory(ConsoleConfig config) {
    Account account = config.credentials().forConsole();
    var recorder =
        new RecorderSettings(
            config.broker().host(),
            config.broker().port(),
            null,
            account.user(),
            account.password(),
            RecorderSettings.ALL_READINGS);
    try {
      HistoryService started = HistoryService.start(HistorySettings.of(recorder, folder));
      // What is published before it has subscribed is nobody's.
      await().until(() -> started.status().reason() == null);
      history = started;
      return config.withHistory(started.history());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    console.close();
    if (history != null) {
      history.close();
    }
  }

  private static String range(String more) {
    return SHED
        + "/series/temperature?from=%s&to=%s".formatted(firstReading, firstReading.plusSeconds(600))
        + more;
  }

  @Test
  void tellsHowTheRecordingGoes() throws Exception {
    JsonNode state = console.loggedIn(ADMIN).get("/api/v1/history").json();
    assertThat(state.path("recording").asBoolean()).isTrue();
    assertThat(state.path("state").asString()).isEqualTo("recording");
    assertThat(state.path("problem").isNull()).isTrue();
    assertThat(state.path("devices").asInt()).isEqualTo(2);
    assertThat(state.path("sizeBytes").asLong()).isPositive();
    assertThat(state.path("database").asString()).contains("history.db");
    JsonNode seen = console.loggedIn(VIEWER).get("/api/v1/history").json();
    assertThat(seen.has("database")).as("a path is for administrators").isFalse();
  }

  @Test
  void listsTheSeriesOfADevice() throws Exception {
    JsonNode series = console.loggedIn(VIEWER).get(SHED + "/series").json();
    assertThat(series.valueStream().map(line -> line.path("metric").asString()))
        .containsExactly("a/b c", "temperature");
    assertThat(series.get(1).path("from").asString()).isEqualTo(firstReading.toString());
    assertThat(series.get(1).path("to").asString())
        .isEqualTo(firstReading.plusSeconds(99).toString());
  }

  @Test
  void givesReadingsAsTheyWereWhereTheyFit() throws Exception {
    JsonNode range = console.loggedIn(VIEWER).get(range("")).json();
    assertThat(range.path("bucketSeconds").asDouble()).isZero();
    assertThat(range.path("points").size()).isEqualTo(READINGS);
    assertThat(range.path("points").get(3))
        .isEqualTo(
            Browser.JSON.readTree(
                "[%d,3.0,3.0,3.0]".formatted(firstReading.plusSeconds(3).toEpochMilli())));
  }

  @Test
  void keepsPeaksWhereTheyDoNotFit() throws Exception {
    JsonNode range = console.loggedIn(VIEWER).get(range("&points=10")).json();
    assertThat(range.path("bucketSeconds").asDouble()).isPositive();
    assertThat(range.path("points").size()).isBetween(1, 10);
    assertThat(range.path("points").valueStream().mapToDouble(point -> point.get(2).asDouble()))
        .contains(1000.0);
    assertThat(range.path("points").valueStream())
        .allSatisfy(
            point -> {
              assertThat(point.get(1).asDouble()).isLessThanOrEqualTo(point.get(3).asDouble());
              assertThat(point.get(3).asDouble()).isLessThanOrEqualTo(point.get(2).asDouble());
            });
  }

  @Test
  void findsAMetricWithASlashInItsName() throws Exception {
    JsonNode range =
        console
            .loggedIn(VIEWER)
            .get(SHED + "/series/a%2Fb%20c?from=0&to=" + firstReading.plusSeconds(9).toEpochMilli())
            .json();
    assertThat(range.path("metric").asString()).isEqualTo("a/b c");
    assertThat(range.path("points").isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday, from",
    "from=2026-11-25, from",
    "to=99999999999999999999, to",
    "from=2026-11-25T10:00:00Z&to=2026-11-25T10:00:00Z, from",
    "points=0, points",
    "points=10001, points",
    "points=many, points"
  })
  void tellsWhichParameterIsWrong(String query, String field) throws Exception {
    Answer answer = console.loggedIn(VIEWER).get(SHED + "/series/temperature?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem().path("field").asString()).isEqualTo(field);
  }

  @Test
  void exportsReadings() throws Exception {
    Answer answer =
        console.loggedIn(VIEWER).get(SHED + "/readings.csv?to=" + firstReading.plusSeconds(2));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"shed.csv\"");
    assertThat(answer.raw().body())
        .isEqualTo(
            """
            time,a/b c,temperature\r
            %s,1,0\r
            %s,1,1\r
            """
                .formatted(firstReading, firstReading.plusSeconds(1)));
  }

  @Test
  void keepsToTheRightsOfThePerson() throws Exception {
    Browser viewer = console.loggedIn(VIEWER);
    for (String path : new String[] {"/series", "/series/humidity", "/readings.csv"}) {
      assertThat(viewer.get("/api/v1/devices/barn" + path).status()).as(path).isEqualTo(404);
    }
  }
}
