package io.noctule.device.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.device.action.ActionEvent;
import io.noctule.device.action.Condition;
import io.noctule.device.description.DescriptionReader;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servo of the documents, in a description and in Java, as a user runs it. */
class ServoDescriptionTest {
  private static final Path EXAMPLE = Path.of("src/test/resources/examples/servo.yaml");
  private static final Path DOCUMENT = Path.of("../docs/device.md");

  @TempDir Path folder;
  private final List<AgentEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void theDocumentShowsBoth() throws IOException {
    String document = Files.readString(DOCUMENT);
    assertThat(document).contains("```yaml\n" + Files.readString(EXAMPLE) + "```\n");
    String java =
        Files.readString(Path.of("src/test/java/io/noctule/device/action/ServoActions.java"));
    assertThat(document).contains(java.substring(java.indexOf("/** Turns")) + "```\n");
  }

  private DeviceDescription example(int port, String... replacement) throws Exception {
    String yaml =
        Files.readString(EXAMPLE).replace("host: 127.0.0.1", "host: 127.0.0.1\n  port: " + port);
    for (int i = 0; i < replacement.length; i += 2) {
      yaml = yaml.replace(replacement[i], replacement[i + 1]);
    }
    return new DescriptionReader(Map.of(), Condition::parse).read(yaml, "servo.yaml", folder);
  }

  @Test
  void turnsTheServo() throws Exception {
    Path turns = folder.resolve("turns");
    Path servo = folder.resolve("servo");
    Files.writeString(servo, "#!/bin/sh\necho \"$1\" >> '" + turns + "'\n");
    Files.setPosixFilePermissions(servo, PosixFilePermissions.fromString("rwx------"));
    try (Mosquitto broker = Mosquitto.start();
        Watcher watcher = new Watcher(broker.port());
        Agent _ =
            Agent.start(
                example(broker.port(), "/usr/local/bin/servo", servo.toString()),
                AgentOptions.of(folder, "1"),
                events::add)) {
      watcher.awaitText("status/servo-1", "online");
      for (String payload : List.of("ON", "{\"msg\":\"OFF\"}", "ON", "something")) {
        int before = done();
        watcher.send("servo", payload, false);
        // The program, and the message that tells what came last.
        int expected = before + (payload.equals("something") ? 1 : 2);
        await().atMost(Watcher.LIMIT).until(() -> done() == expected);
      }
      assertThat(Files.readAllLines(turns)).containsExactly("90", "0", "90");
      assertThat(watcher.texts("servo/last"))
          .containsExactly(
              "{\"command\":\"ON\"}",
              "{\"command\":\"{\\\"msg\\\":\\\"OFF\\\"}\"}",
              "{\"command\":\"ON\"}",
              "{\"command\":\"something\"}");
    }
  }

  private int done() {
    return (int)
        events.stream()
            .filter(AgentEvent.Acted.class::isInstance)
            .map(event -> ((AgentEvent.Acted) event).event().outcome())
            .filter(ActionEvent.Outcome.DONE::equals)
            .count();
  }

  @Test
  void turnsItInJava() throws Exception {
    String yaml =
        """
        id: servo-1
        broker: {host: 127.0.0.1, port: PORT}
        actions:
          - on: servo
            java: {name: servo, options: {on_degrees: 45}}
        """;
    try (Mosquitto broker = Mosquitto.start();
        Watcher watcher = new Watcher(broker.port());
        Agent _ =
            Agent.start(
                new DescriptionReader(Map.of(), Condition::parse)
                    .read(
                        yaml.replace("PORT", Integer.toString(broker.port())),
                        "servo.yaml",
                        folder),
                AgentOptions.of(folder, "1"),
                events::add)) {
      watcher.awaitText("status/servo-1", "online");
      watcher.send("servo", "ON", false);
      watcher.awaitText("servo/position", "45");
      watcher.send("servo", "OFF", false);
      watcher.awaitText("servo/position", "0");
    }
  }
}
