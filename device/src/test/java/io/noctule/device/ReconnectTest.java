package io.noctule.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.device.testing.Mosquitto;
import io.noctule.device.testing.ScriptedBroker;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The same waits in the order of their length, at most 20 ms long. */
  private static final DelayTimer FAST =
      (delay, executor, task) ->
          DelayTimer.SYSTEM.after(delay.dividedBy(1_000).plusMillis(1), executor, task);

  private static final String CONNACK_V5 = "2003000000";
  private static final String CONNACK_V3 = "20020000";

  private final List<String> events = new CopyOnWriteArrayList<>();

  private static void join(CompletableFuture<Void> future) throws Exception {
    future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void comesBackWithItsSubscriptions(ProtocolVersion version) throws Exception {
    Mosquitto first = Mosquitto.start();
    try (Device device =
        Device.builder()
            .broker("127.0.0.1", first.port())
            .version(version)
            .timer(FAST)
            .subscribe("built", 1)
            .onMessage((_, m) -> events.add(m.topic()))
            .onDisconnect(reason -> events.add("gone " + (reason.code() != 0)))
            .connect()) {
      join(device.connected());
      join(device.subscribe("added", 0));
      first.close();
      await().atMost(LIMIT).until(() -> events.contains("gone true"));
      var kept = device.publish("built", "kept while away", 1, false);
      try (Mosquitto second = Mosquitto.startAt(first.port())) {
        join(kept);
        join(device.publish("added", "", 1, false));
        await().atMost(LIMIT).until(() -> events.size() == 3);
        assertThat(second.port()).isEqualTo(first.port());
      }
      assertThat(List.copyOf(events).subList(0, 3)).containsExactly("gone true", "built", "added");
    }
  }

  @Test
  void sendsAgainWhatWasNotAcknowledged() throws Exception {
    ScriptedBroker.Script breaks =
        connection -> {
          connection.read();
          connection.write(CONNACK_V5);
          connection.read();
          connection.read();
        };
    ScriptedBroker.Script acknowledges =
        connection -> {
          connection.read();
          connection.write(CONNACK_V5);
          connection.read();
          connection.write("40020001");
          connection.read();
          connection.write("40020002");
          connection.read();
        };
    try (var broker = new ScriptedBroker(breaks, acknowledges)) {
      Device device =
          Device.builder().broker("127.0.0.1", broker.port()).timer(FAST).id("d").connect();
      join(device.connected());
      var first = device.publish("a", "1", 1, false);
      var second = device.publish("a", "2", 1, false);
      join(first);
      join(second);
      device.close();
      String connect = broker.next();
      assertThat(connect).startsWith("1000044d515454" + "05");
      assertThat(broker.next()).isEqualTo("320001610001" + "00" + "31");
      assertThat(broker.next()).isEqualTo("320001610002" + "00" + "32");
      assertThat(broker.next()).isEqualTo(connect);
      assertThat(broker.next()).isEqualTo("320001610001" + "00" + "31");
      assertThat(broker.next()).isEqualTo("320001610002" + "00" + "32");
      assertThat(broker.next()).as("DISCONNECT").isEqualTo("e0");
    }
  }

  @Test
  void fallsBackToTheVersionThatTheBrokerKnows() throws Exception {
    ScriptedBroker.Script refuses =
        connection -> {
          connection.read();
          connection.write("20020001");
        };
    ScriptedBroker.Script accepts =
        connection -> {
          connection.read();
          connection.write(CONNACK_V3);
          connection.read();
        };
    try (var broker = new ScriptedBroker(refuses, accepts)) {
      Device device =
          Device.builder()
              .broker("127.0.0.1", broker.port())
              .onConnectFailure(failure -> events.add(failure.text()))
              .connect();
      join(device.connected());
      device.close();
      assertThat(broker.next()).startsWith("1000044d515454" + "05");
      assertThat(broker.next()).startsWith("1000044d515454" + "04");
      assertThat(broker.next()).as("DISCONNECT").isEqualTo("e0");
      assertThat(events).isEmpty();
    }
  }

  @Test
  void fallsBackWhenTheBrokerJustCloses() throws Exception {
    ScriptedBroker.Script closes = ScriptedBroker.Connection::read;
    ScriptedBroker.Script accepts =
        connection -> {
          connection.read();
          connection.write(CONNACK_V3);
          connection.read();
        };
    try (var broker = new ScriptedBroker(closes, accepts);
        Device device = Device.builder().broker("127.0.0.1", broker.port()).connect()) {
      join(device.connected());
    }
  }

  @Test
  void tellsTheReasonThatTheBrokerGives() throws Exception {
    ScriptedBroker.Script takesOver =
        connection -> {
          connection.read();
          connection.write(CONNACK_V5);
          connection.read();
          connection.write("e0028e00");
        };
    try (var broker = new ScriptedBroker(takesOver);
        Device device =
            Device.builder()
                .broker("127.0.0.1", broker.port())
                .timer((_, _, _) -> () -> {})
                .onDisconnect(reason -> events.add(reason.toString()))
                .connect()) {
      var _ = device.publish("a", "1", 0, false);
      await().atMost(LIMIT).until(() -> !events.isEmpty());
      assertThat(events).containsExactly("142 (session taken over)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksRarelyAfterABadPassword(ProtocolVersion version) {
    List<Duration> waits = new CopyOnWriteArrayList<>();
    DelayTimer noted =
        (delay, _, _) -> {
          waits.add(delay);
          return () -> {};
        };
    try (Mosquitto broker = Mosquitto.startFor("bat", "night");
        Device device =
            Device.builder()
                .broker("127.0.0.1", broker.port())
                .version(version)
                .credentials("bat", "day")
                .timer(noted)
                .onConnectFailure(failure -> events.add(failure.text()))
                .connect()) {
      await().atMost(LIMIT).until(() -> !waits.isEmpty() && !events.isEmpty());
      assertThat(device.isConnected()).isFalse();
      assertThat(events)
          .containsExactly(
              version == ProtocolVersion.V3
                  ? "refused by the broker with code 5 (not authorized)"
                  : "refused by the broker with code 135 (not authorized)");
      assertThat(waits.getFirst()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
  }

  @Test
  void connectsWithAPassword() throws Exception {
    try (Mosquitto broker = Mosquitto.startFor("bat", "night")) {
      for (ProtocolVersion version : ProtocolVersion.values()) {
        try (Device device =
            Device.builder()
                .broker("127.0.0.1", broker.port())
                .version(version)
                .credentials("bat", "night")
                .connect()) {
          join(device.connected());
        }
      }
    }
  }

  @Test
  void tellsWhenItIsNoBroker() throws Exception {
    ScriptedBroker.Script speaksHttp =
        connection -> {
          connection.read();
          connection.write(
              HexFormat.of().formatHex(("HTTP/1.1 400 " + "x".repeat(200)).getBytes(US_ASCII)));
        };
    try (var broker = new ScriptedBroker(speaksHttp, speaksHttp);
        Device device =
            Device.builder()
                .broker("127.0.0.1", broker.port())
                .timer((_, _, _) -> () -> {})
                .onConnectFailure(failure -> events.add(failure.text()))
                .connect()) {
      await().atMost(LIMIT).until(() -> !events.isEmpty());
      assertThat(events.getFirst()).startsWith("what answers there does not speak MQTT (");
      assertThat(device.isConnected()).isFalse();
    }
  }

  @Test
  void tellsWhyABrokerIsNotReached() {
    try (Device refused =
            Device.builder()
                .broker("127.0.0.1", Mosquitto.freePort())
                .onConnectFailure(failure -> events.add(failure.text()))
                .timer((_, _, _) -> () -> {})
                .connect();
        Device unknown =
            Device.builder()
                .broker("no-such-host.invalid")
                .onConnectFailure(failure -> events.add(failure.text()))
                .timer((_, _, _) -> () -> {})
                .connect()) {
      await().atMost(LIMIT).until(() -> events.size() == 2);
      assertThat(events).containsExactlyInAnyOrder("connection refused", "unknown host");
      assertThat(refused.isConnected() || unknown.isConnected()).isFalse();
    }
  }
}
