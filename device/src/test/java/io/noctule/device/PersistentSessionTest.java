package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.noctule.device.testing.Mosquitto;
import io.noctule.device.testing.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PersistentSessionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final DelayTimer FAST =
      (delay, executor, task) ->
          DelayTimer.SYSTEM.after(delay.dividedBy(1_000).plusMillis(1), executor, task);

  private final List<String> received = new CopyOnWriteArrayList<>();

  private static void join(CompletableFuture<Void> future) throws Exception {
    future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private DeviceBuilder persistent(int port, ProtocolVersion version) {
    return Device.builder()
        .broker("127.0.0.1", port)
        .version(version)
        .timer(FAST)
        .id("bat")
        .persistentSession(Duration.ofHours(1))
        .onMessage((_, message) -> received.add(message.display()));
  }

  @ParameterizedTest
  @EnumSource
  void getsWhatWasSentWhileItWasAway(ProtocolVersion version) throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Device other = Device.builder().broker("127.0.0.1", broker.port()).connect()) {
      try (Device first = persistent(broker.port(), version).subscribe("t", 1).connect()) {
        join(first.connected());
      }
      for (int i = 0; i < 5; i++) {
        join(other.publish("t", "away " + i, 1, false));
      }
      try (Device second = persistent(broker.port(), version).connect()) {
        await().atMost(LIMIT).until(() -> received.size() == 5);
        join(second.unsubscribe("t"));
      }
      assertThat(received).containsExactly("away 0", "away 1", "away 2", "away 3", "away 4");
      join(other.publish("t", "not for it", 1, false));
      try (Device third = persistent(broker.port(), version).subscribe("u", 1).connect()) {
        join(third.connected());
        join(other.publish("u", "last", 1, false));
        await().atMost(LIMIT).until(() -> received.contains("last"));
      }
      assertThat(received).hasSize(6);
    }
  }

  @Test
  void asksForSubscriptionsOnlyWhereTheSessionLacksThem() throws Exception {
    // Each waits for the next packet before it closes, so that its answer is known by then.
    ScriptedBroker.Script grants =
        connection -> {
          connection.read();
          connection.write("2003000000");
          connection.write("9004" + connection.read().substring(2, 6) + "0001");
          connection.read();
        };
    ScriptedBroker.Script keeps =
        connection -> {
          connection.read();
          connection.write("2003010000");
          connection.read();
          connection.write("40020001");
          connection.read();
        };
    ScriptedBroker.Script forgets =
        connection -> {
          connection.read();
          connection.write("2003000000");
          connection.read();
        };
    try (var broker = new ScriptedBroker(grants, keeps, forgets);
        Device device = persistent(broker.port(), ProtocolVersion.V5).subscribe("t", 1).connect()) {
      String connect = broker.next();
      assertThat(connect)
          .as("clean start 0; session expiry interval 3,600 s")
          .startsWith("10" + "00044d51545405" + "00" + "003c" + "0d" + "1100000e10");
      assertThat(broker.next()).as("SUBSCRIBE").startsWith("82");
      join(device.connected());
      var first = device.publish("a", "1", 1, false);
      assertThat(broker.next()).as("PUBLISH").startsWith("32");
      assertThat(broker.next()).isEqualTo(connect);
      assertThat(broker.next()).as("PUBLISH again, at once").startsWith("32");
      join(first);
      var _ = device.publish("a", "2", 0, false);
      assertThat(broker.next()).startsWith("30");
      assertThat(broker.next()).isEqualTo(connect);
      assertThat(broker.next()).as("SUBSCRIBE").startsWith("82");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBrokerPublishesTheWillOfOneThatVanishes(ProtocolVersion version) throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Device watcher =
            Device.builder()
                .broker("127.0.0.1", broker.port())
                .subscribe("status/+", 1)
                .onMessage((_, m) -> received.add(m.topic() + " " + m.display()))
                .connect()) {
      join(watcher.connected());
      Device first = status(broker.port(), version);
      join(first.connected());
      join(first.publish("status/bat", "online", 1, true));
      // Takes the session over: the broker ends the first connection without a DISCONNECT of its
      // client.
      Device second = status(broker.port(), version);
      join(second.connected());
      await().atMost(LIMIT).until(() -> received.contains("status/bat offline"));
      first.close();
      received.clear();
      second.close();
      join(watcher.publish("status/end", "end", 1, false));
      await().atMost(LIMIT).until(() -> received.contains("status/end end"));
      assertThat(received).as("no will after DISCONNECT").containsExactly("status/end end");
    }
  }

  private static Device status(int port, ProtocolVersion version) {
    return Device.builder()
        .broker("127.0.0.1", port)
        .version(version)
        .timer((_, _, _) -> () -> {})
        .id("bat")
        .will("status/bat", "offline", 1, true)
        .connect();
  }

  @Test
  void tellsWhatDoesNotFit() {
    assertThatThrownBy(() -> Device.builder().persistentSession(Duration.ofSeconds(9)).build())
        .hasMessage("a persistent session needs an id, under which the broker finds it again");
    assertThatThrownBy(() -> Device.builder().persistentSession(Duration.ZERO))
        .hasMessage("the session expiry must be at least one second, was PT0S");
    assertThatThrownBy(() -> Device.builder().will("a", new byte[65_536], 0, false))
        .hasMessage("the will must have at most 65535 bytes, was 65536");
    assertThatThrownBy(() -> Device.builder().will("a/#", "", 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    try (Device device = persistent(1, ProtocolVersion.V5).build()) {
      assertThatThrownBy(() -> device.publish("a", "x", 2, false))
          .hasMessage("a device with a persistent session publishes at QoS 0 or 1, was 2");
    }
  }
}
