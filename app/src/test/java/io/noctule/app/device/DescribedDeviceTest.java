package io.noctule.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribedDeviceTest {
  @TempDir Path folder;

  private Path describe(String actions) throws IOException {
    Path file = folder.resolve("device.yaml");
    Files.writeString(
        file,
        """
        id: bat
        broker: {host: 192.0.2.1}
        sensors:
          temperature: {kind: simulated, shape: noise, min: 1, max: 2, interval: 1}
        """
            + actions);
    return file;
  }

  private RunningDevice start(Path file, Mosquitto broker, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--config", file.toString(), "--broker", broker.address(), "--data"));
    arguments.add(folder.resolve("data").toString());
    arguments.addAll(List.of(more));
    return RunningDevice.start(arguments.toArray(String[]::new));
  }

  @Test
  void tellsReadingsChangesAndActionsAsLines() throws Exception {
    Path file =
        describe(
            """
            actions:
              - on: servo
                when: msg == "ON" or payload == "ON"
                run:
                  command: [printf, "servo at %s degrees", "90"]
            """);
    try (Mosquitto broker = Mosquitto.start();
        Device other = Device.builder().broker("127.0.0.1", broker.port).connect();
        RunningDevice device = start(file, broker)) {
      assertThat(device.nextLine()).isEqualTo("Connecting to broker " + broker.address());
      // The first reading may come before the connection does.
      List<String> lines = new ArrayList<>(device.linesUntil("Connection OK"::equals));
      lines.addAll(device.linesUntil("Msg has been sent!"::equals));
      assertThat(lines)
          .anyMatch(
              line ->
                  line.matches(
                      "Measured \\{\"time\":\"[^\"]+Z\",\"client\":\"bat\",\"client_ip\":\"[^\"]+\","
                          + "\"temperature\":1\\.\\d+}"));
      send(other, "config_change/bat", "{\"interval\":60}");
      assertThat(device.linesUntil(line -> line.startsWith("Configuration")))
          .last()
          .isEqualTo("Configuration changed, revision 2");
      send(other, "config_change/bat", "{\"interval\":0}");
      assertThat(device.nextErrorLine())
          .startsWith("noctule device: configuration change refused: interval: must be 0.1 to");
      send(other, "servo", "ON");
      assertThat(device.linesUntil(line -> line.startsWith("actions[0]")))
          .last()
          .isEqualTo("actions[0]: 'printf' ended with status 0: servo at 90 degrees");
      assertThat(device.stop()).isZero();
      assertThat(device.linesUntil(line -> line.startsWith("Disconnected")))
          .last()
          .isEqualTo("Disconnected result code 0 (normal disconnection)");
    }
  }

  private static void send(Device device, String topic, String payload) throws Exception {
    CompletableFuture<Void> sent = device.publish(topic, payload, 1, false);
    sent.get(20, TimeUnit.SECONDS);
  }

  @Test
  void tellsThemAsJsonToo() throws Exception {
    Path file = describe("actions: [{on: t, log: \"saw ${payload}\"}]\n");
    try (Mosquitto broker = Mosquitto.start();
        Device other = Device.builder().broker("127.0.0.1", broker.port).connect();
        RunningDevice device = start(file, broker, "--json", "--id", "owl")) {
      assertThat(device.linesUntil(line -> line.startsWith("{\"event\":\"sent\"")))
          .anyMatch(
              line ->
                  line.startsWith(
                      "{\"event\":\"measured\",\"topic\":\"sensor_data/owl\",\"content\":{\"time\":"))
          .last()
          .asString()
          .startsWith("{\"event\":\"sent\",\"topic\":\"sensor_data/owl\",\"content\":{\"time\":");
      send(other, "config_change/owl", "{\"interval\":0,\"change_id\":\"c\"}");
      assertThat(device.linesUntil(line -> line.startsWith("{\"event\":\"configuration\"")))
          .last()
          .asString()
          .startsWith(
              "{\"event\":\"configuration\",\"id\":\"c\",\"result\":\"refused\",\"reasons\":[\"interval: ")
          .endsWith("],\"revision\":1}");
      send(other, "t", "this");
      assertThat(device.linesUntil(line -> line.startsWith("{\"event\":\"action\"")))
          .last()
          .isEqualTo(
              "{\"event\":\"action\",\"action\":\"actions[0]\",\"outcome\":\"logged\","
                  + "\"text\":\"saw this\"}");
    }
  }

  @Test
  void aSecondOneWithTheSameIdIsRefused() throws Exception {
    Path file = describe("");
    try (Mosquitto broker = Mosquitto.start();
        RunningDevice device = start(file, broker)) {
      assertThat(device.linesUntil("Connection OK"::equals)).isNotEmpty();
      CommandRun second =
          CommandRun.of(
              "device",
              "--config",
              file.toString(),
              "--data",
              folder.resolve("data").toString(),
              "--broker",
              broker.address());
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err())
          .startsWith("noctule device: a device with the id 'bat' runs on this machine already");
    }
  }

  @Test
  void tellsAllMistakesOfTheFile() throws Exception {
    Path file = describe("actions: [{on: a, when: msg =, log: x}]\nsensrs: {}\n");
    CommandRun run = CommandRun.of("device", "--config", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("actions[0].when: column 5: compare with '==', not '='"))
        .anyMatch(line -> line.contains("sensrs"))
        .last()
        .isEqualTo("noctule device: " + file + " has 2 mistakes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--once", "--interval=3", "--message=x", "--topic=t", "--no-subscribe"})
  void refusesOptionsThatAreAboutTheGreeting(String option) throws IOException {
    CommandRun run = CommandRun.of("device", "--config", describe("").toString(), option);
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "noctule device: %s does not go with --config, whose file says what the device does%n"
                    .formatted(option.replaceAll("=.*", ""))));
  }

  @Test
  void writesAFileThatItCanReadAndOverwritesNone() throws Exception {
    Path file = folder.resolve("new.yaml");
    CommandRun run = CommandRun.of("device", "--init", file.toString(), "--id", "owl");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("noctule device --config " + file);
    assertThat(Files.readString(file)).contains("id: 'owl'");
    CommandRun again = CommandRun.of("device", "--init", file.toString());
    assertThat(again)
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "noctule device: %s is there already and stays as it is; name another file: --init FILE%n"
                    .formatted(file)));
    try (Mosquitto broker = Mosquitto.start();
        RunningDevice device = start(file, broker)) {
      assertThat(device.linesUntil("Msg has been sent!"::equals))
          .anyMatch(line -> line.contains("\"client\":\"owl\"") && line.contains("demo_temp"));
    }
  }
}
