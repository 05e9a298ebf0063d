package io.noctule.conformance.console;

import static io.noctule.conformance.console.RunningConsole.ADMIN;
import static io.noctule.conformance.console.RunningConsole.PASSWORD;
import static io.noctule.conformance.console.RunningConsole.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import io.noctule.access.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code noctule console} as a process beside Debian's mosquitto. */
class BesideMosquittoTest {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  @TempDir private Path folder;
  private int port;
  private @Nullable Process broker;

  @BeforeEach
  void startBroker() throws IOException {
    assertThat(PROGRAM)
        .as("needed by this test; as root: apt-get install mosquitto (./test does it)")
        .isExecutable();
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            listener %d 127.0.0.1
            allow_anonymous true
            sys_interval 1
            """
                .formatted(port));
    broker =
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().until(this::accepts);
  }

  private boolean accepts() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stopBroker() throws InterruptedException {
    if (broker != null) {
      broker.destroy();
      assertThat(broker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void publish(String topic, String payload) {
    Mqtt3BlockingClient client =
        Mqtt3Client.builder().serverHost("127.0.0.1").serverPort(port).buildBlocking();
    client.connect();
    client
        .publishWith()
        .topic(topic)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .retain(true)
        .send();
    client.disconnect();
  }

  private ConsoleProcess console(String... more) throws IOException {
    var options = new ArrayList<>(List.of("--broker", "127.0.0.1:" + port));
    options.addAll(List.of(more));
    return ConsoleProcess.start(folder, options);
  }

  @Test
  void showsDevicesAndBroker() throws Exception {
    publish("sensor_data/shed", "{\"temperature\":21.5}");
    publish("status/shed", "online");
    try (var console = console()) {
      Browser browser = new Browser(console.address());
      String link =
          console.transcript().stream()
              .filter(line -> line.contains("#/setup?token="))
              .findFirst()
              .orElseThrow();
      String token = link.replaceFirst(".*token=(\\S+).*", "$1");
      assertThat(
              browser
                  .post(
                      "/api/v1/setup",
                      "{\"token\":\"%s\",\"user\":\"grace\",\"password\":\"long enough\"}"
                          .formatted(token))
                  .status())
          .isEqualTo(204);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                JsonNode shed = browser.get("/api/v1/devices/shed").json();
                assertThat(shed.path("status").asString()).isEqualTo("online");
                assertThat(shed.path("latest").path("temperature").path("value").asDouble())
                    .isEqualTo(21.5);
                JsonNode told = browser.get("/api/v1/broker").json();
                assertThat(told.path("name").asString()).isEqualTo("mosquitto");
                assertThat(told.path("version").asString()).isNotEmpty();
                assertThat(told.path("clients").path("connected").asInt()).isPositive();
                assertThat(told.path("uptimeSeconds").isNumber()).isTrue();
              });
      assertThat(browser.get("/api/v1/history").json().path("state").asString()).isEqualTo("off");
      assertThat(browser.get("/api/v1/devices/shed/series").status()).isEqualTo(503);
      // No device there to answer, but the broker has taken it.
      assertThat(browser.patch("/api/v1/devices/shed/configuration", "{\"interval\":1}").status())
          .isEqualTo(202);
      try (var page = MqttOverWebSocket.open(browser)) {
        page.connect("page-1", null);
      }
      assertThat(console.terminate()).isZero();
    }
  }

  @Test
  void letsOnlyAdministratorsUseABrokerThatDoesNotKnowThem() throws Exception {
    Files.writeString(
        folder.resolve("rules.yaml"),
        """
        rules:
          - allow: both
        """);
    try (Access access = Access.open(folder)) {
      byte[] password = PASSWORD.getBytes(StandardCharsets.UTF_8);
      access.addUser(ADMIN, List.of("admin"), password);
      access.addUser(VIEWER, List.of("people"), password);
    }
    publish("sensor_data/shed", "{\"temperature\":21.5}");
    try (var console = console()) {
      Browser viewer = new Browser(console.address());
      viewer.logIn(VIEWER, PASSWORD);
      await().until(() -> viewer.get("/api/v1/devices/shed").status() == 200);
      assertThat(viewer.patch("/api/v1/devices/shed/configuration", "{\"interval\":1}").status())
          .isEqualTo(403);
      assertThat(MqttOverWebSocket.refusal(viewer, viewer.origin(), "mqtt").statusCode())
          .isEqualTo(403);
      assertThat(console.transcript()).noneMatch(line -> line.contains("token="));
    }
  }
}
