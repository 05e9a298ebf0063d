package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.noctule.device.testing.Mosquitto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

class DeviceTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @SuppressWarnings("NullAway.Init")
  private static Mosquitto broker;

  private final List<String> events = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBroker() {
    broker = Mosquitto.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private DeviceBuilder builder() {
    return Device.builder().broker("127.0.0.1", broker.port());
  }

  private static void join(CompletableFuture<Void> future) throws Exception {
    future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatHappens(ProtocolVersion version) throws Exception {
    Device device =
        builder()
            .version(version)
            .id("teller-" + version)
            .subscribe("tell/" + version, 1)
            .onConnect(d -> events.add("connected " + d.id()))
            .onMessage((_, m) -> events.add(m.topic() + " " + m.display() + " " + m.qos()))
            .onDisconnect(reason -> events.add("disconnected " + reason))
            .build();
    device.connect();
    join(
        device.publish(
            "tell/" + version, JsonNodeFactory.instance.objectNode().put("t", 21), 1, false));
    await().atMost(LIMIT).until(() -> events.size() == 2);
    assertThat(device.isConnected()).isTrue();
    device.close();
    assertThat(device.isConnected()).isFalse();
    assertThat(events)
        .containsExactly(
            "connected teller-" + version,
            "tell/" + version + " {\"t\":21} 1",
            "disconnected 0 (normal disconnection)");
  }

  @ParameterizedTest
  @CsvSource({"V5,0", "V5,1", "V5,2", "V3,0", "V3,1", "V3,2"})
  void keepsTheOrder(ProtocolVersion version, int qos) throws Exception {
    String topic = "order/" + version + "/" + qos;
    try (Device device =
        builder()
            .version(version)
            .subscribe(topic, qos)
            .onMessage((_, m) -> events.add(m.display()))
            .connect()) {
      join(device.connected());
      List<String> numbers = IntStream.range(0, 900).mapToObj(Integer::toString).toList();
      var sent =
          numbers.stream()
              .map(number -> device.publish(topic, number, qos, false))
              .toArray(CompletableFuture<?>[]::new);
      join(CompletableFuture.allOf(sent));
      await().atMost(LIMIT).until(() -> events.size() == numbers.size());
      assertThat(events).containsExactlyElementsOf(numbers);
    }
  }

  @Test
  void sendsBeforeItCloses() throws Exception {
    try (Device listener =
        builder()
            .subscribe("before/close", 1)
            .onMessage((_, m) -> events.add(m.display()))
            .connect()) {
      join(listener.connected());
      CompletableFuture<Void> sent;
      try (Device device = builder().connect()) {
        sent = device.publish("before/close", "sent");
      }
      assertThat(sent).isCompleted();
      await().atMost(LIMIT).until(() -> events.contains("sent"));
    }
  }

  @Test
  void runsTheHandlerOfAWordAfterTheOthers() throws Exception {
    try (Device device =
        builder()
            .subscribe("words", 1)
            .onMessage((_, m) -> events.add("any " + m.display()))
            .on("Hello", (_, m) -> events.add("hello on " + m.topic()))
            .on("OFF", (d, _) -> join(d.publish("words", "answered", 1, false)))
            .connect()) {
      join(device.publish("words", "{\"msg\":\"Hello\"}", 1, false));
      join(device.publish("words", "Hello!", 1, false));
      join(device.publish("words", "OFF", 1, false));
      await().atMost(LIMIT).until(() -> events.contains("any answered"));
      assertThat(events)
          .containsExactly(
              "any {\"msg\":\"Hello\"}", "hello on words", "any Hello!", "any OFF", "any answered");
    }
  }

  @Test
  void goesOnAfterACallBackThatFails() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Device device =
        builder()
            .subscribe("failing", 1)
            .onConnect(
                _ -> {
                  throw new IllegalStateException("on connect");
                })
            .onLog(
                line -> {
                  lines.add(line);
                  if (lines.size() == 1) {
                    throw new IllegalStateException("on log");
                  }
                })
            .onMessage(
                (_, _) -> {
                  throw new IllegalStateException("on message");
                })
            .onMessage((_, m) -> events.add(m.display() + Thread.currentThread().getName()))
            .id("brave")
            .connect()) {
      join(device.publish("failing", "1", 1, false));
      join(device.publish("failing", "2", 1, false));
      await().atMost(LIMIT).until(() -> events.size() == 2);
      assertThat(events).containsExactly("1noctule-device-brave", "2noctule-device-brave");
      assertThat(lines).contains("A call-back failed: java.lang.IllegalStateException: on message");
    }
  }

  @Test
  void acceptsAnyPayload() throws Exception {
    byte[][] payloads = {
      {},
      {0, (byte) 0xff, (byte) 0xfe},
      "<a>1</a>".getBytes(StandardCharsets.UTF_8),
      "[".repeat(200_000).getBytes(StandardCharsets.UTF_8),
      new byte[1 << 20]
    };
    try (Device device =
        builder()
            .subscribe("any", 2)
            .on("x", (_, _) -> {})
            .onMessage((_, m) -> events.add(m.display()))
            .connect()) {
      for (byte[] payload : payloads) {
        join(device.publish("any", payload, 2, false));
      }
      await().atMost(LIMIT).until(() -> events.size() == payloads.length);
      assertThat(events)
          .containsExactly("", "00fffe", "<a>1</a>", "[".repeat(200_000), "00".repeat(1 << 20));
    }
  }

  @Test
  void subscribesAndUnsubscribesAtRunTime() throws Exception {
    try (Device device =
        builder().onMessage((_, m) -> events.add(m.topic() + m.retained())).connect()) {
      join(device.publish("run/time", "kept", 1, true));
      join(device.subscribe("run/+", 1));
      await().atMost(LIMIT).until(() -> events.contains("run/timetrue"));
      join(device.subscribe("run/+", 1));
      join(device.unsubscribe("run/+"));
      join(device.publish("run/time", "", 1, true));
      join(device.subscribe("end", 1));
      join(device.publish("end", "", 1, false));
      await().atMost(LIMIT).until(() -> events.contains("endfalse"));
      assertThat(events).containsExactly("run/timetrue", "endfalse");
    }
  }

  @Test
  void refusesWhatIsNotValid() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().broker("", 1883));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().broker("a", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().id(""));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().subscribe("a/#/b", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().subscribe("a", 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().keepAlive(Duration.ofSeconds(65_536)));
    try (Device device = builder().build()) {
      assertThatIllegalArgumentException().isThrownBy(() -> device.publish("a/#", ""));
      assertThatIllegalArgumentException().isThrownBy(() -> device.publish("a", "", -1, false));
    }
  }

  @Test
  void refusesToKeepMoreThanItsBound() {
    try (Device device = builder().maxUnsent(2, 100).build()) {
      assertThat(device.publish("a", "1")).isNotDone();
      assertThat(device.publish("a", "2")).isNotDone();
      assertThat(device.publish("a", "3"))
          .failsWithin(LIMIT)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("refused: 2 messages or 100 bytes wait to be sent already");
    }
  }

  @Test
  void failsWhatIsUndoneWhenClosed() {
    Device device = builder().build();
    var sent = device.publish("a", "1");
    var granted = device.subscribe("a", 1);
    var connected = device.connected();
    device.close();
    device.close();
    device.connect();
    assertThat(sent).isCompletedExceptionally();
    assertThat(granted).isCompletedExceptionally();
    assertThat(connected).isCompletedExceptionally();
    assertThat(device.publish("a", "2")).failsWithin(LIMIT);
    assertThat(device.subscribe("b", 1)).failsWithin(LIMIT);
    assertThat(device.unsubscribe("b")).succeedsWithin(LIMIT);
    assertThat(device.connected()).failsWithin(LIMIT);
  }

  @Test
  void aCallBackMayCloseTheDevice() throws Exception {
    var closed = new CompletableFuture<Void>();
    Device device =
        builder()
            .onConnect(
                d -> {
                  d.close();
                  closed.complete(null);
                })
            .connect();
    join(closed);
    assertThat(device.isConnected()).isFalse();
  }
}
