package io.noctule.device.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.noctule.device.description.ActionDescription;
import io.noctule.device.description.ActionStep;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.PatchResult;
import io.noctule.device.description.Sampling;
import io.noctule.device.description.SensorDescription;
import io.noctule.device.description.SensorSource;
import io.noctule.device.testing.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AgentTest {
  @TempDir Path folder;
  private final List<AgentEvent> events = new CopyOnWriteArrayList<>();

  private Agent start(DeviceDescription description) throws AgentException {
    return Agent.start(description, AgentOptions.of(folder, "1.2.3"), events::add);
  }

  private long changes() {
    return events.stream().filter(AgentEvent.ConfigurationChange.class::isInstance).count();
  }

  private static double interval(JsonNode twin, String sensor) {
    return twin.at("/configuration/sensors/" + sensor + "/interval").asDouble(0);
  }

  private static boolean answers(JsonNode twin, String changeId) {
    return twin.at("/change/id").asString("").equals(changeId);
  }

  @Test
  void twoAgentsTellReadingsStatusAndTwinAndObey() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Watcher watcher = new Watcher(broker.port());
        Agent bat = start(Descriptions.device("bat", broker.port(), 0.1));
        Agent owl = start(Descriptions.device("owl", broker.port(), 0.1))) {
      for (Agent agent : List.of(bat, owl)) {
        watcher.awaitText("status/" + agent.id(), "online");
        JsonNode reading =
            watcher.awaitJson("sensor_data/" + agent.id(), json -> json.has("humidity"));
        assertThat(reading.propertyNames())
            .containsExactly("time", "client", "client_ip", "temperature", "humidity");
        assertThat(reading.get("client").asString()).isEqualTo(agent.id());
        assertThat(Instant.parse(reading.get("time").asString())).isBefore(Instant.now());
        JsonNode twin = watcher.awaitJson("twin/" + agent.id(), JsonNode::isObject);
        assertThat(twin.get("version").asString()).isEqualTo("1.2.3");
        assertThat(twin.get("client_ip").asString()).isNotEmpty();
        assertThat(twin.has("change")).isFalse();
        assertThat(twin.at("/sensors/temperature/unit").asString()).isEqualTo("°C");
        assertThat(interval(twin, "temperature")).isEqualTo(0.1);
      }

      watcher.send(
          "config_change/bat", "{\"temperature\":{\"interval\":7},\"change_id\":\"a\"}", false);
      JsonNode twin = watcher.awaitJson("twin/bat", json -> answers(json, "a"));
      assertThat(twin.at("/change/result").asString()).isEqualTo("applied");
      assertThat(twin.at("/change/reasons")).isEmpty();
      assertThat(twin.at("/configuration/revision").asInt()).isEqualTo(2);
      assertThat(interval(twin, "temperature")).isEqualTo(7);
      assertThat(interval(twin, "humidity")).isEqualTo(0.1);

      watcher.send("config_change", "{\"frequency\":0.5,\"change_id\":\"b\"}", false);
      for (String id : List.of("bat", "owl")) {
        twin = watcher.awaitJson("twin/" + id, json -> answers(json, "b"));
        assertThat(interval(twin, "temperature")).isEqualTo(2);
      }

      watcher.send(
          "config_change/owl",
          "{\"interval\":0,\"humidity\":{\"x\":1},\"change_id\":\"c\"}",
          false);
      twin = watcher.awaitJson("twin/owl", json -> answers(json, "c"));
      assertThat(twin.at("/change/result").asString()).isEqualTo("refused");
      assertThat(twin.at("/change/reasons/0").asString())
          .startsWith("interval: must be 0.1 to 86400");
      assertThat(interval(twin, "temperature")).isEqualTo(2);
      watcher.send("config_change/owl", "{not json", false);
      twin =
          watcher.awaitJson(
              "twin/owl", json -> json.has("change") && !json.at("/change").has("id"));
      assertThat(twin.at("/change/reasons/0").asString()).startsWith("the change is ");
      watcher.send("config_change/owl", "", false);

      assertThat(watcher.texts("status/bat")).containsExactly("online");
      assertThat(events).doesNotHaveAnyElementsOfTypes(AgentEvent.Problem.class);
    }
  }

  @Test
  void keepsItsConfigurationAndAppliesNothingTwice() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Watcher watcher = new Watcher(broker.port())) {
      DeviceDescription description = Descriptions.device("bat", broker.port(), 60);
      try (Agent agent = start(description)) {
        watcher.awaitText("status/bat", "online");
        watcher.send("config_change/bat", "{\"interval\":10}", true);
        watcher.awaitJson("twin/bat", json -> interval(json, "humidity") == 10);
        watcher.send("config_change/bat", "{\"interval\":20,\"change_id\":\"x\"}", false);
        watcher.awaitJson("twin/bat", json -> interval(json, "humidity") == 20);
        watcher.send("config_change/bat", "{\"interval\":30,\"change_id\":\"x\"}", false);
        watcher.send("config_change/bat", "{\"custom\":{\"place\":\"roof\"}}", false);
        JsonNode twin =
            watcher.awaitJson("twin/bat", json -> json.at("/configuration/custom").has("place"));
        assertThat(interval(twin, "humidity")).as("the same change_id twice").isEqualTo(20);
        assertThat(agent.isConnected()).isTrue();
      }
      watcher.awaitText("status/bat", "offline");
      assertThat(watcher.texts("status/bat")).containsExactly("online", "offline");
      assertThat(changes()).isEqualTo(3);
      watcher.send("config_change/bat", "{\"humidity\":{\"interval\":40}}", false);
      watcher.messages.clear();
      try (Agent _ = start(description)) {
        // Retained, the change to 10 comes once more, and stays without effect; what came while
        // the agent was away was kept for it.
        JsonNode twin = watcher.awaitJson("twin/bat", json -> interval(json, "humidity") == 40);
        assertThat(interval(twin, "temperature")).isEqualTo(20);
        assertThat(twin.at("/configuration/custom/place").asString()).isEqualTo("roof");
        assertThat(twin.at("/configuration/revision").asInt()).isEqualTo(5);
      }
      assertThat(changes()).isEqualTo(4);
      watcher.messages.clear();
      Files.writeString(folder.resolve("devices/bat/configuration.json"), "{broken");
      try (Agent _ = start(description)) {
        watcher.awaitJson("twin/bat", json -> !json.at("/configuration/custom").has("place"));
      }
      assertThat(events)
          .contains(
              new AgentEvent.Problem(
                  "the kept configuration is damaged and was set aside as"
                      + " configuration.json.damaged: the device description alone is in force"));
    }
  }

  @Test
  void refusesASecondAgentWithItsId() throws Exception {
    DeviceDescription description = Descriptions.device(". bat", 1, 60);
    try (Agent agent = start(description)) {
      assertThat(agent.isConnected()).isFalse();
      assertThat(folder.resolve("devices/%2E%20bat/lock")).exists();
      assertThatThrownBy(() -> start(description))
          .isInstanceOf(AgentException.class)
          .hasMessageStartingWith(
              "a device with the id '. bat' runs on this machine already and uses the folder ");
    }
    start(description).close();
  }

  @Test
  void actsOnMessagesAndTellsASensorThatFails() throws Exception {
    var publish =
        new ActionDescription(
            "servo",
            Optional.of("msg == \"ON\" or payload == \"ON\""),
            new ActionStep.Publish("servo/state", "{\"degrees\":90,\"by\":\"${topic}\"}", 1, true));
    var loop =
        new ActionDescription(
            "echo", Optional.empty(), new ActionStep.Publish("echo", "x", 1, false));
    var missing =
        new SensorDescription(
            new SensorSource.OfFile(folder.resolve("level"), SensorSource.Linear.IDENTITY, null),
            "",
            Sampling.DEFAULT);
    try (Mosquitto broker = Mosquitto.start();
        Watcher watcher = new Watcher(broker.port());
        Agent agent =
            start(
                Descriptions.device(
                    "bat", broker.port(), Map.of("level", missing), publish, loop))) {
      watcher.awaitText("status/bat", "online");
      JsonNode twin =
          watcher.awaitJson("twin/bat", json -> json.at("/sensors/level/error").isString());
      assertThat(twin.at("/sensors/level/value").isNull()).isTrue();
      Files.writeString(folder.resolve("level"), "5\n");
      watcher.awaitJson("twin/bat", json -> json.at("/sensors/level/value").asInt(0) == 5);

      watcher.send("servo", "OFF", false);
      watcher.send("servo", "ON", false);
      watcher.awaitText("servo/state", "{\"degrees\":90,\"by\":\"servo\"}");
      assertThat(watcher.on("servo/state")).hasSize(1);

      watcher.send("echo", "x", false);
      await().atMost(Watcher.LIMIT).until(() -> agent.actionCounts().get(1).dropped() > 0);
      assertThat(agent.actionCounts().get(1).done()).isLessThan(200);
    }
  }

  @Test
  void keepsReadingsThatTheBrokerRefuses() throws Exception {
    int port;
    try (Mosquitto broker =
            Mosquitto.startWithAccessList(
                "topic readwrite status/#\ntopic readwrite twin/#\ntopic read #\n");
        Agent agent = start(Descriptions.device("bat", broker.port(), 0.1))) {
      port = broker.port();
      await()
          .atMost(Watcher.LIMIT)
          .until(
              () ->
                  events.contains(
                          new AgentEvent.Problem(
                              "the broker refused the message with code 135 (not authorized);"
                                  + " readings wait and are offered again in 10 s"))
                      && measured().size() > 10);
      assertThat(agent.isConnected()).isTrue();
      assertThat(events).doesNotHaveAnyElementsOfTypes(AgentEvent.Sent.class);
    }
    List<String> refused = measured();
    try (Mosquitto broker = Mosquitto.startAt(port);
        Watcher watcher = new Watcher(broker.port());
        Agent _ = start(Descriptions.device("bat", port, 0.1))) {
      await()
          .atMost(Watcher.LIMIT)
          .until(() -> watcher.texts("sensor_data/bat").size() > refused.size());
      assertThat(watcher.texts("sensor_data/bat").subList(0, refused.size())).isEqualTo(refused);
    }
  }

  private List<String> measured() {
    return events.stream()
        .filter(AgentEvent.Measured.class::isInstance)
        .map(event -> ((AgentEvent.Measured) event).payload())
        .toList();
  }

  @Test
  void remembersWhatCameOfAChange() {
    PatchResult refused = new PatchResult.Refused(List.of("a"), Optional.of("id"));
    Change change = Change.of(refused, Instant.parse("2026-11-25T10:00:00.123Z"));
    assertThat(change.toJson().toString())
        .isEqualTo(
            "{\"id\":\"id\",\"result\":\"refused\",\"time\":\"2026-11-25T10:00:00.123Z\","
                + "\"reasons\":[\"a\"]}");
    assertThat(Change.fromJson(change.toJson())).contains(change);
  }

  @Test
  @Timeout(60)
  void endsAlthoughSomebodyHoldsItsLoopUp() throws Exception {
    var held = new CountDownLatch(1);
    var letGo = new CountDownLatch(1);
    Agent agent =
        Agent.start(
            Descriptions.device("bat", 1, 0.1),
            AgentOptions.of(folder, "1.2.3"),
            event -> {
              if (event instanceof AgentEvent.Measured) {
                held.countDown();
                try {
                  letGo.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    try {
      held.await();
      agent.close();
    } finally {
      letGo.countDown();
    }
  }
}
