package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static io.noctule.conformance.console.RunningConsole.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.conformance.console.Browser.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What devices say, and changes of their configuration. */
class DevicesTest {
  private static final String DEVICES = "/api/v1/devices";

  @TempDir private Path folder;
  private RunningConsole console;

  @BeforeEach
  void start() throws Exception {
    console = RunningConsole.start(folder, config -> config.withAnswerLimit(Duration.ofSeconds(2)));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private static String twin(int revision, String error, String change) {
    return """
        {"time":"2020-11-25T10:00:00Z","client":"shed","client_ip":"192.168.1.5",
         "since":"2020-11-25T09:00:00Z",
         "configuration":{"revision":%d,"sensors":{"temperature":{"interval":5}}},
         "sensors":{"temperature":{"unit":"°C","value":20,"error":%s}}%s}
        """
        .formatted(revision, error, change);
  }

  private static String changed(String patch, String result, String reasons) {
    String id = Browser.JSON.readTree(patch).path("change_id").asString();
    return twin(
        8,
        "null",
        ",\"change\":{\"id\":\"%s\",\"result\":\"%s\",\"reasons\":%s}"
            .formatted(id, result, reasons));
  }

  private static List<String> ids(Browser browser) throws Exception {
    return browser
        .get(DEVICES)
        .json()
        .path("devices")
        .valueStream()
        .map(device -> device.path("id").asString())
        .toList();
  }

  private void fill() throws Exception {
    console.publishRetained("status/shed", "online");
    console.publishRetained("twin/shed", twin(7, "null", ""));
    console.publish(
        "sensor_data/shed",
        "{\"time\":\"2020-11-25T10:00:01Z\",\"client\":\"shed\",\"client_ip\":\"192.168.1.5\","
            + "\"temperature\":21.5,\"msg\":\"hello\",\"soil\":{\"a\":1,\"b\":[2,true]}}");
    console.publishRetained("status/barn", "offline");
    console.publish("sensor_data", "{\"client\":\"cart\",\"speed\":3}");
    console.publish("sensor_data/barn/north", "7");
    Browser admin = console.loggedIn(ADMIN);
    await().until(() -> admin.get(DEVICES + "/barn").json().path("latest").has("north"));
  }

  @Test
  void listsDevicesWithWhatTheySaid() throws Exception {
    fill();
    Browser admin = console.loggedIn(ADMIN);
    assertThat(ids(admin)).containsExactly("barn", "cart", "shed");
    JsonNode shed = admin.get(DEVICES + "/shed").json();
    assertThat(shed.path("status").asString()).isEqualTo("online");
    assertThat(shed.path("address").asString()).isEqualTo("192.168.1.5");
    assertThat(shed.path("lastSeen").asString()).isNotEmpty();
    assertThat(shed.path("problem").isNull()).isTrue();
    assertThat(shed.path("twin").path("configuration").path("revision").asInt()).isEqualTo(7);
    JsonNode latest = shed.path("latest");
    assertThat(latest.propertyNames())
        .containsExactly("soil.a", "soil.b.0", "soil.b.1", "temperature");
    assertThat(latest.path("temperature"))
        .isEqualTo(
            Browser.JSON.readTree(
                "{\"value\":21.5,\"unit\":\"°C\",\"time\":\"2020-11-25T10:00:01Z\"}"));
    assertThat(admin.get(DEVICES + "/shed/latest").json()).isEqualTo(latest);

    JsonNode barn = admin.get(DEVICES + "/barn").json();
    assertThat(barn.path("status").asString()).isEqualTo("offline");
    assertThat(barn.path("twin").isNull()).isTrue();
    assertThat(admin.get(DEVICES + "/cart").json().path("status").asString()).isEqualTo("unknown");
  }

  @Test
  void tellsWhatSensorsComplainAbout() throws Exception {
    console.publishRetained("twin/shed", twin(7, "\"no such file\"", ""));
    Browser admin = console.loggedIn(ADMIN);
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get(DEVICES + "/shed").json().path("problem").asString())
                    .isEqualTo("sensor temperature: no such file"));
  }

  @Test
  void followsTheStatus() throws Exception {
    fill();
    Browser admin = console.loggedIn(ADMIN);
    console.publishRetained("status/shed", "offline");
    await()
        .untilAsserted(
            () -> {
              JsonNode shed = admin.get(DEVICES + "/shed").json();
              assertThat(shed.path("status").asString()).isEqualTo("offline");
              assertThat(shed.path("statusSince").asString()).isNotEmpty();
            });
  }

  @Test
  void leavesOutWhatAPersonMayNotSee() throws Exception {
    fill();
    Browser viewer = console.loggedIn(VIEWER);
    assertThat(ids(viewer)).containsExactly("shed");
    for (String path : List.of("/barn", "/barn/latest", "/barn/series", "/cart", "/nothing")) {
      Answer answer = viewer.get(DEVICES + path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      answer.problem();
    }
    assertThat(viewer.patch(DEVICES + "/barn/configuration", "{}").status()).isEqualTo(404);
  }

  @Test
  void aDeviceCannotBeSeenThroughTheTopicForAll() throws Exception {
    fill();
    // Somebody with rights on the topic for all alone claims to be the barn.
    console.publish("sensor_data", "{\"client\":\"barn\",\"speed\":3}");
    assertThat(ids(console.loggedIn(VIEWER))).containsExactly("shed");
  }

  @Test
  void survivesStrangePayloads() throws Exception {
    for (String payload : List.of("", "{", "[]", "\"x\"", "{\"client\":7}", "null", "1e999")) {
      console.publish("sensor_data", payload);
      console.publish("sensor_data/odd", payload);
      console.publishRetained("twin/odd", payload);
      console.publishRetained("status/odd", payload);
    }
    console.publish("sensor_data/odd", "x".repeat(100_000));
    console.publish("sensor_data/<script>alert(1)</script>", "{\"<b>\":1}");
    fill();
    Browser admin = console.loggedIn(ADMIN);
    assertThat(ids(admin)).contains("<script>alert(1)<");
    JsonNode odd = admin.get(DEVICES + "/odd").json();
    assertThat(odd.path("twin").propertyNames()).containsExactly("client");
    assertThat(odd.path("status").asString()).isEqualTo("unknown");
  }

  @Test
  void changesAConfiguration() throws Exception {
    fill();
    console.answerChanges("shed", patch -> changed(patch, "applied", "[]"));
    Answer answer =
        console
            .loggedIn(ADMIN)
            .patch(
                DEVICES + "/shed/configuration",
                "{\"sensors\":{\"temperature\":{\"interval\":2}}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("state").asString()).isEqualTo("applied");
    assertThat(answer.json().path("revision").asInt()).isEqualTo(8);
    assertThat(answer.json().path("configuration").has("sensors")).isTrue();
  }

  @Test
  void tellsWhyADeviceRefuses() throws Exception {
    fill();
    console.answerChanges(
        "shed", patch -> changed(patch, "refused", "[\"interval: must be positive\"]"));
    Answer answer =
        console.loggedIn(ADMIN).patch(DEVICES + "/shed/configuration", "{\"interval\":0}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem().path("state").asString()).isEqualTo("refused");
    assertThat(answer.json().path("reasons").get(0).asString())
        .isEqualTo("interval: must be positive");
  }

  @Test
  void tellsThatADeviceHasNotAnswered() throws Exception {
    fill();
    Answer answer =
        console.loggedIn(ADMIN).patch(DEVICES + "/shed/configuration", "{\"interval\":2}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("state").asString()).isEqualTo("sent");
    assertThat(answer.json().path("changeId").asString()).isNotEmpty();
  }

  @Test
  void takesNoChangeThatIsNotOne() throws Exception {
    fill();
    Browser admin = console.loggedIn(ADMIN);
    String path = DEVICES + "/shed/configuration";
    assertThat(admin.send("PATCH", path, "application/json", "{}").status()).isEqualTo(415);
    assertThat(admin.patch(path, "[]").status()).isEqualTo(400);
    assertThat(admin.patch(path, "{\"change_id\":\"x\"}").problem().path("field").asString())
        .isEqualTo("change_id");
  }

  @Test
  void publishesAsThePerson() throws Exception {
    fill();
    Answer answer =
        console.loggedIn(VIEWER).patch(DEVICES + "/shed/configuration", "{\"interval\":2}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.problem().path("detail").asString())
        .contains(VIEWER)
        .contains("config_change/shed");
  }

  @Test
  void tellsHowTheBrokerIs() throws Exception {
    Browser admin = console.loggedIn(ADMIN);
    await()
        .untilAsserted(
            () -> {
              JsonNode broker = admin.get("/api/v1/broker").json();
              assertThat(broker.path("name").asString()).isEqualTo("noctule");
              assertThat(broker.path("clients").path("connected").asInt()).isEqualTo(2);
              assertThat(broker.path("uptimeSeconds").isIntegralNumber()).isTrue();
              assertThat(broker.path("subscriptions").asInt()).isPositive();
              assertThat(broker.path("messages").path("received").isIntegralNumber()).isTrue();
              assertThat(broker.path("problem").isNull()).isTrue();
            });
    assertThat(console.loggedIn(VIEWER).get("/api/v1/broker").status()).isEqualTo(403);
  }
}
