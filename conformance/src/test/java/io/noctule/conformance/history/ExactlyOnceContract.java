package io.noctule.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is published is in the database once, and in order, whatever happens to the history on the
 * way: with each broker and database that it must work with.
 */
@Timeout(180)
abstract class ExactlyOnceContract {
  private static final int KILLS = 5;
  private static final int BURST = 400;

  /** About what a message of the test is on the wire, its acknowledgement included. */
  private static final int MESSAGE_BYTES = 55;

  @TempDir Path folder;

  /** The port of the broker on loopback. */
  abstract int brokerPort();

  /** The options that name the database. */
  abstract List<String> databaseOptions();

  abstract RecordedMessages recorded();

  /** The statement that keeps everybody else from committing. */
  abstract String lock();

  /** Topics that a broker lets pass; some refuse more than others. */
  List<String> hostileTopics() {
    return List.of(
        "sensor_data",
        "sensor_data/",
        "sensor_data///",
        "sensor_data/" + "d".repeat(30_000),
        "sensor_data/\uD83C\uDF21/' OR 1=1 --/\u202E",
        "sensor_data/\u0007\u009f/\uFFFE");
  }

  HistoryProcess startHistory(int port) throws Exception {
    return HistoryProcess.start(port, folder, databaseOptions());
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  void assertRecordedOnceAndInOrder(SensorPublisher sensor) throws Exception {
    await().until(() -> recorded().count() >= sensor.published().size());
    assertThat(recorded().payloads()).isEqualTo(sensor.published());
    assertThat(recorded().values()).isEqualTo(sensor.numbers());
  }

  @Test
  void killedAtAnyPointItLosesAndDoublesNothing() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    try (ObservedNetwork network = ObservedNetwork.to(brokerPort());
        var sensor = new SensorPublisher(brokerPort())) {
      try (HistoryProcess history = startHistory(network.port())) {
        history.awaitReady(); // Subscribed: from here on the broker keeps what it misses.
        history.kill();
      }
      for (int kill = 0; kill < KILLS; kill++) {
        try (HistoryProcess history = startHistory(network.port())) {
          if (random.nextBoolean()) {
            history.awaitReady();
          }
          network.afterBytes(random.nextInt(BURST * MESSAGE_BYTES), history::kill);
          sensor.publish(BURST);
          // Where fewer bytes passed than asked for: somewhere in the quiet.
          history.kill();
        }
      }
      try (HistoryProcess history = startHistory(network.port())) {
        sensor.publish(1);
        assertRecordedOnceAndInOrder(sensor);
        history.terminate();
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void killedBetweenReceiptAndCommitItLosesNothing() throws Exception {
    try (ObservedNetwork network = ObservedNetwork.to(brokerPort());
        var sensor = new SensorPublisher(brokerPort())) {
      try (HistoryProcess history = startHistory(network.port())) {
        history.awaitReady();
        sensor.publish(1);
        await().until(() -> recorded().count() == 1);
        try (Connection held = recorded().hold(lock())) {
          assertThat(held.isClosed()).isFalse();
          long before = network.bytesFromBroker();
          long acknowledged = network.bytesToBroker();
          sensor.publish(10);
          await().until(() -> network.bytesFromBroker() > before + 10 * 40);
          assertThat(network.bytesToBroker())
              .as("acknowledged before the commit")
              .isEqualTo(acknowledged);
          history.kill();
        }
      }
      assertThat(recorded().count()).isEqualTo(1);
      try (HistoryProcess history = startHistory(network.port())) {
        assertRecordedOnceAndInOrder(sensor);
        history.terminate();
      }
    }
  }

  @Test
  void killedBetweenCommitAndAcknowledgementItDoublesNothing() throws Exception {
    try (ObservedNetwork network = ObservedNetwork.to(brokerPort());
        var sensor = new SensorPublisher(brokerPort())) {
      try (HistoryProcess history = startHistory(network.port())) {
        history.awaitReady();
        network.holdAcknowledgements();
        sensor.publish(15);
        await().until(() -> recorded().count() == 15);
        history.kill();
      }
      network.cut();
      try (HistoryProcess history = startHistory(network.port())) {
        history.awaitReady();
        sensor.publish(5);
        assertRecordedOnceAndInOrder(sensor);
        history.terminate();
      }
    }
  }

  @Test
  void cutOffBetweenCommitAndAcknowledgementItDoublesNothing() throws Exception {
    try (ObservedNetwork network = ObservedNetwork.to(brokerPort());
        var sensor = new SensorPublisher(brokerPort());
        HistoryProcess history = startHistory(network.port())) {
      history.awaitReady();
      for (int cut = 0; cut < 5; cut++) {
        network.holdAcknowledgements();
        int before = sensor.published().size();
        sensor.publish(10);
        await().until(() -> recorded().count() == before + 10);
        network.cut();
        sensor.publish(100);
        await().until(() -> recorded().count() >= before + 110);
      }
      assertRecordedOnceAndInOrder(sensor);
      history.terminate();
    }
  }

  @Test
  void hostileMessagesAreKeptAndNothingWaitsForThem() throws Exception {
    try (HistoryProcess history = startHistory(brokerPort());
        var sensor = new SensorPublisher(brokerPort())) {
      history.awaitReady();
      List<byte[]> payloads =
          List.of(
              new byte[0],
              new byte[] {0},
              new byte[] {(byte) 0xff, (byte) 0xfe},
              bytes("{\"client\":\"a\\u0000\\ud800\",\"n\\u0000\":1}"),
              bytes("{\"=1+1\":1,\"\\ud83c\\udf21\":1,\"'; DROP TABLE readings; --\":1}"),
              bytes("{\"t\":1e999,\"u\":-1e308,\"v\":5e-324,\"w\":" + "9".repeat(900) + "}"),
              bytes("{\"t\":NaN}"),
              bytes("[".repeat(50_000)),
              bytes("{\"a\":".repeat(400) + "1" + "}".repeat(400)),
              bytes("{\"text\":\"" + "x".repeat(1 << 20) + "\",\"t\":1}"),
              bytes("{\"" + "n".repeat(100_000) + "\":1}"));
      List<String> topics = hostileTopics();
      try (var client = new HostilePublisher(brokerPort())) {
        for (String topic : topics) {
          for (byte[] payload : payloads) {
            client.publish(topic, payload);
          }
        }
      }
      long hostile = (long) topics.size() * payloads.size();
      await().until(() -> recorded().count() == hostile);
      sensor.publish(1);
      await().until(() -> recorded().count() == hostile + 1);
      assertThat(recorded().payloads()).endsWith(sensor.published().getLast());
      assertThat(history.transcript()).doesNotContain("refuses", "ERROR");
      history.terminate();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
