package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client library of another language, driven through a small script of ours: one JSON object a
 * line, {@code do} on the script's input and {@code event} on its output. See {@code
 * src/test/python/paho_client.py} and {@code src/test/js/mqttjs_client.mjs}.
 */
final class DrivenClient implements PublicClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClientProgram program;
  // Messages that came while an answer was awaited. Bounded by the length of a test.
  private final LinkedBlockingQueue<Message> received = new LinkedBlockingQueue<>();

  private DrivenClient(ClientProgram program) {
    this.program = program;
  }

  /** Starts the script; it connects when told to. */
  static DrivenClient start(String debianPackage, String... command) {
    return new DrivenClient(ClientProgram.start(debianPackage, List.of(command)));
  }

  @Override
  public boolean connect(Connection connection) {
    ObjectNode command =
        command("connect")
            .put("port", connection.port())
            .put("clientId", connection.clientId())
            .put("keepsSession", connection.keepsSession());
    if (connection.will() != null) {
      command.set("will", json(connection.will()));
    }
    return ask(command, "connected").get("sessionPresent").booleanValue();
  }

  @Override
  public int subscribe(String filter, int qos) {
    ObjectNode command = command("subscribe").put("filter", filter).put("qos", qos);
    return ask(command, "subscribed").get("granted").intValue();
  }

  @Override
  public void publish(Message message) {
    ask(json(message).put("do", "publish"), "published");
  }

  @Override
  public Message receive() {
    Message early = received.poll();
    return early != null ? early : message(nextEvent("message"));
  }

  @Override
  public void disconnect() {
    ask(command("disconnect"), "disconnected");
  }

  @Override
  public void close() {
    program.close();
  }

  private static ObjectNode command(String verb) {
    return JSON.createObjectNode().put("do", verb);
  }

  private static ObjectNode json(Message message) {
    return JSON.createObjectNode()
        .put("topic", message.topic())
        .put("payload", message.payload())
        .put("qos", message.qos())
        .put("retain", message.retain());
  }

  private static Message message(JsonNode event) {
    return new Message(
        event.get("topic").stringValue(),
        event.get("payload").stringValue(),
        event.get("qos").intValue(),
        event.get("retain").booleanValue());
  }

  private JsonNode ask(ObjectNode command, String answer) {
    program.say(command.toString());
    return nextEvent(answer);
  }

  private JsonNode nextEvent(String wanted) {
    while (true) {
      JsonNode event = JSON.readTree(program.nextLine());
      String name = Objects.requireNonNull(event.get("event").stringValue());
      if (name.equals(wanted)) {
        return event;
      }
      assertThat(name).as("while waiting for '%s': %s", wanted, event).isEqualTo("message");
      received.add(message(event));
    }
  }
}
