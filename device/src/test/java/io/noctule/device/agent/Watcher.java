package io.noctule.device.agent;

import static org.awaitility.Awaitility.await;

import io.noctule.device.Device;
import io.noctule.device.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Sees all that a broker has, and sends what a console would. */
final class Watcher implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  final List<Message> messages = new CopyOnWriteArrayList<>();
  private final Device device;

  Watcher(int port) throws Exception {
    device =
        Device.builder()
            .broker("127.0.0.1", port)
            .subscribe("#", 1)
            .onMessage((_, message) -> messages.add(message))
            .connect();
    device.connected().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  void send(String topic, String payload, boolean retain) throws Exception {
    device.publish(topic, payload, 1, retain).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  List<Message> on(String topic) {
    return messages.stream().filter(message -> message.topic().equals(topic)).toList();
  }

  List<String> texts(String topic) {
    return on(topic).stream().map(Message::display).toList();
  }

  /** Waits for a message on a topic to be as expected. */
  JsonNode awaitJson(String topic, Predicate<JsonNode> expected) {
    await(topic).atMost(LIMIT).until(() -> on(topic).stream().anyMatch(m -> is(m, expected)));
    return on(topic).stream()
        .filter(m -> is(m, expected))
        .findFirst()
        .flatMap(Message::json)
        .orElseThrow();
  }

  private static boolean is(Message message, Predicate<JsonNode> expected) {
    return message.json().filter(expected).isPresent();
  }

  /** Waits for the last message on a topic to be as expected. */
  void awaitText(String topic, String text) {
    await(topic + " " + text)
        .atMost(LIMIT)
        .until(
            () -> {
              List<String> all = texts(topic);
              return !all.isEmpty() && all.getLast().equals(text);
            });
  }

  @Override
  public void close() {
    device.close();
  }
}
