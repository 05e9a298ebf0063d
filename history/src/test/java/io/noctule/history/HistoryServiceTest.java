package io.noctule.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.noctule.history.query.DeviceSummary;
import io.noctule.history.query.Reading;
import io.noctule.history.record.RecorderSettings;
import io.noctule.history.record.RecordingStatus.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryServiceTest {
  private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir Path folder;

  private HistoryService start(int port) throws Exception {
    return HistoryService.start(
        HistorySettings.of(
            new RecorderSettings(
                "127.0.0.1", port, null, null, null, RecorderSettings.ALL_READINGS),
            folder));
  }

  private static void awaitRecording(HistoryService service) {
    await().atMost(Duration.ofSeconds(30)).until(() -> service.status().state() == State.RECORDING);
  }

  private static void awaitMessages(HistoryService service, long count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.status().counts().messages() >= count);
  }

  @Test
  void whatADevicePublishesCanBeAskedFor() throws Exception {
    try (var broker = Mosquitto.start();
        var service = start(broker.port());
        var device = new Publisher(broker.port())) {
      awaitRecording(service);
      device.publish(
          "sensor_data/cellar",
          """
          {"time":"2026-11-25T10:00:00.123Z","client":"x","temperature":21.5,"ok":true,
           "air":{"co2":410},"axis":[1,2]}""");
      device.publish("sensor_data", "{\"client\":\"attic\",\"temperature\":-3}");
      awaitMessages(service, 2);

      assertThat(service.history().devices().stream().map(DeviceSummary::name))
          .containsExactly("attic", "cellar");
      Instant time = Instant.parse("2026-11-25T10:00:00.123Z");
      assertThat(service.history().latest("cellar"))
          .containsExactly(
              new Reading("air.co2", time, 410),
              new Reading("axis.0", time, 1),
              new Reading("axis.1", time, 2),
              new Reading("ok", time, 1),
              new Reading("temperature", time, 21.5));
      assertThat(service.history().messages("attic", BEGINNING, END, 10))
          .singleElement()
          .satisfies(
              message ->
                  assertThat(message.text())
                      .isEqualTo("{\"client\":\"attic\",\"temperature\":-3}"));
      assertThat(service.history().statistics().contents())
          .satisfies(
              contents -> {
                assertThat(contents).isNotNull();
                assertThat(contents.readings()).isEqualTo(6);
                assertThat(contents.messages()).isEqualTo(2);
              });
    }
  }

  @Test
  void theBrokerKeepsWhatComesWhileTheHistoryIsAway() throws Exception {
    try (var broker = Mosquitto.start();
        var device = new Publisher(broker.port())) {
      try (var service = start(broker.port())) {
        awaitRecording(service);
        device.publish("sensor_data/a", "1");
        awaitMessages(service, 1);
      }
      for (int i = 2; i <= 100; i++) {
        device.publish("sensor_data/a", Integer.toString(i));
      }
      try (var service = start(broker.port())) {
        awaitMessages(service, 99);
        assertThat(service.history().messages("a", BEGINNING, END, 1000))
            .extracting(message -> Integer.parseInt(String.valueOf(message.text())))
            .hasSize(100)
            .isSortedAccordingTo((a, b) -> b - a);
      }
    }
  }

  @Test
  void aRetainedMessageIsNotStoredAgainWithEachSubscription() throws Exception {
    try (var broker = Mosquitto.start();
        var device = new Publisher(broker.port())) {
      byte[] timed = "{\"time\":\"2026-11-25T10:00:00Z\",\"t\":1}".getBytes(StandardCharsets.UTF_8);
      try (var service = start(broker.port())) {
        awaitRecording(service);
        device.publish("sensor_data/a", timed, true);
        device.publish("sensor_data/b", "1".getBytes(StandardCharsets.UTF_8), true);
        awaitMessages(service, 2);
      }
      try (var service = start(broker.port())) {
        awaitRecording(service);
        device.publish("sensor_data/a", "2");
        awaitMessages(service, 1);
        assertThat(service.status().counts().known()).isEqualTo(2);
        assertThat(service.history().statistics().contents())
            .satisfies(
                contents -> {
                  assertThat(contents).isNotNull();
                  assertThat(contents.messages()).isEqualTo(3);
                });
      }
    }
  }

  @Test
  void itGoesOnWhenTheBrokerComesBackWithoutSessions() throws Exception {
    var broker = Mosquitto.start();
    int port = broker.port();
    try (var service = start(port)) {
      awaitRecording(service);
      broker.close();
      await().until(() -> service.status().state() == State.BROKER_AWAY);
      assertThat(service.status().reason()).isNotEmpty();
      broker = Mosquitto.startOn(port);
      awaitRecording(service);
      try (var device = new Publisher(port)) {
        device.publish("sensor_data/a", "1");
        awaitMessages(service, 1);
      }
    } finally {
      broker.close();
    }
  }

  @Test
  void oneFolderHasOneRecorder() throws Exception {
    try (var broker = Mosquitto.start();
        var service = start(broker.port())) {
      assertThat(service.status().state()).isNotEqualTo(State.STOPPED);
      assertThatIOException()
          .isThrownBy(() -> start(broker.port()))
          .withMessageContaining("already records");
    }
  }

  @Test
  void nothingIsAcknowledgedWhileTheDatabaseIsAwayAndNothingIsLost() throws Exception {
    try (var broker = Mosquitto.start();
        var device = new Publisher(broker.port());
        var service = start(broker.port())) {
      awaitRecording(service);
      device.publish("sensor_data/a", "0");
      awaitMessages(service, 1);
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        for (int i = 1; i <= 50; i++) {
          device.publish("sensor_data/a", Integer.toString(i));
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> service.status().state() == State.DATABASE_AWAY);
        assertThat(service.status().reason()).isEqualTo("another program keeps the file locked");
        assertThat(service.status().waiting()).isPositive();
        assertThat(service.history().messages("a", BEGINNING, END, 100))
            .as("readers go on")
            .hasSize(1);
      }
      awaitMessages(service, 51);
      awaitRecording(service);
      assertThat(service.status().reason()).isNull();
      assertThat(service.status().waiting()).isZero();
      assertThat(service.history().messages("a", BEGINNING, END, 100)).hasSize(51);
    }
  }
}
