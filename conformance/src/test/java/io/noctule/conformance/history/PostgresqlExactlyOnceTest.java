package io.noctule.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A PostgreSQL server of its own, beside our broker. */
class PostgresqlExactlyOnceTest extends ExactlyOnceContract {
  @RegisterExtension final BrokerUnderTest broker = new BrokerUnderTest();

  private @Nullable PostgresServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = PostgresServer.start();
  }

  @AfterEach
  void stopServer() throws IOException {
    server().close();
  }

  private PostgresServer server() {
    return Objects.requireNonNull(server, "started before each test");
  }

  @Override
  int brokerPort() {
    return broker.port();
  }

  @Override
  List<String> databaseOptions() {
    return List.of("--database", server().url());
  }

  @Override
  RecordedMessages recorded() {
    return new RecordedMessages(server().jdbcUrl());
  }

  @Override
  String lock() {
    return "BEGIN; LOCK TABLE messages IN EXCLUSIVE MODE";
  }

  @Test
  void theServerMayCrashAndComeBackWhileMessagesFlow() throws Exception {
    try (var sensor = new SensorPublisher(brokerPort());
        HistoryProcess history = startHistory(brokerPort())) {
      history.awaitReady();
      for (int crash = 0; crash < 3; crash++) {
        sensor.publish(200);
        server().stop();
        sensor.publish(200);
        server().startAgain();
        sensor.publish(200);
      }
      assertRecordedOnceAndInOrder(sensor);
      assertThat(history.transcript())
          .contains("does not take messages, the broker keeps them")
          .contains("keeps messages in postgresql://127.0.0.1:");
      history.terminate();
    }
  }

  @Test
  void theServerMayBeAwayAtTheStart() throws Exception {
    server().stop();
    try (var sensor = new SensorPublisher(brokerPort());
        HistoryProcess history = startHistory(brokerPort())) {
      await().until(() -> history.transcript().contains("records sensor_data/#"));
      sensor.publish(10);
      await().until(() -> history.transcript().contains("does not take messages"));
      assertThat(history.isReady()).isFalse();
      server().startAgain();
      history.awaitReady();
      assertRecordedOnceAndInOrder(sensor);
      history.terminate();
    }
  }
}
