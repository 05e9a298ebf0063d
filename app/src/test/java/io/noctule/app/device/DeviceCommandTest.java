package io.noctule.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.app.Main;
import io.noctule.device.Device;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCommandTest {
  private static final String GREETING =
      "\\{\"time\":\"\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d\",\"client\":\"[^\"]+\","
          + "\"client_ip\":\"[0-9a-f.:]+\",\"msg\":\"Hello\"}";

  @Test
  void greetsListensAndTakesLeave() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        RunningDevice device = RunningDevice.start("--broker", broker.address())) {
      assertThat(device.nextLine()).isEqualTo("Connecting to broker " + broker.address());
      assertThat(device.nextLine()).isEqualTo("Connection OK");
      // The broker may send the message back before its sending has been told.
      Set<String> missing =
          new HashSet<>(Set.of("Msg has been sent!", "Received a special msg Hello!"));
      List<String> lines = device.linesUntil(line -> missing.remove(line) && missing.isEmpty());
      assertThat(lines.get(lines.indexOf("Data received!") + 1))
          .matches(
              "\\{\"topic\":\"test\",\"content\":"
                  + GREETING
                  + ",\"qos\":0,\"retain_flag\":false}");
      assertThat(device.stop()).isZero();
      assertThat(device.linesUntil(line -> line.startsWith("Disconnected")))
          .last()
          .isEqualTo("Disconnected result code 0 (normal disconnection)");
    }
  }

  @Test
  void publishesAtItsIntervalWhatItIsTold() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        RunningDevice device =
            RunningDevice.start(
                "--broker",
                broker.address(),
                "--interval",
                "0.01",
                "--message",
                "x",
                "--value",
                "t=21.5",
                "--value",
                "client=c",
                "--qos",
                "1",
                "--topic",
                "a/b",
                "--subscribe",
                "a/+",
                "--json")) {
      assertThat(device.nextLine()).startsWith("{\"event\":\"connecting\"");
      assertThat(device.nextLine()).isEqualTo("{\"event\":\"connected\"}");
      for (int i = 0; i < 3; i++) {
        assertThat(device.linesUntil(line -> line.startsWith("{\"event\":\"received\"")))
            .last()
            .asString()
            .matches(
                "\\{\"event\":\"received\",\"topic\":\"a/b\",\"content\":\\{\"time\":\"[^\"]+\","
                    + "\"client\":\"c\",\"client_ip\":\"[^\"]+\",\"msg\":\"x\",\"t\":21.5},"
                    + "\"qos\":1,\"retain_flag\":false}");
      }
    }
  }

  @Test
  void showsWhatOthersSend() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        RunningDevice device =
            RunningDevice.start(
                "--broker",
                broker.address(),
                "--interval",
                "1000",
                "--topic",
                "own",
                "--subscribe",
                "other",
                "--mqtt-version",
                "3");
        Device other = Device.builder().broker("127.0.0.1", broker.port).connect()) {
      assertThat(device.linesUntil("Msg has been sent!"::equals))
          .containsExactly(
              "Connecting to broker " + broker.address(), "Connection OK", "Msg has been sent!");
      for (byte[] payload :
          new byte[][] {{}, {0, (byte) 0xff}, "<x/>".getBytes(StandardCharsets.UTF_8)}) {
        other.publish("other", payload, 1, false).get(10, TimeUnit.SECONDS);
      }
      for (String content : new String[] {"\"\"", "{\"hex\":\"00ff\"}", "\"<x/>\""}) {
        assertThat(device.nextLine()).isEqualTo("Data received!");
        assertThat(device.nextLine())
            .isEqualTo(
                "{\"topic\":\"other\",\"content\":"
                    + content
                    + ",\"qos\":0,\"retain_flag\":false}");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,3", "1,3", "2,3", "0,5", "1,5", "2,5"})
  void sendsOneMessageAndEnds(String qos, String version) {
    try (Mosquitto broker = Mosquitto.start()) {
      CommandRun run =
          CommandRun.of(
              "device",
              "--once",
              "--broker",
              broker.address(),
              "--qos",
              qos,
              "--mqtt-version",
              version);
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .containsExactly(
              "Connecting to broker " + broker.address(),
              "Connection OK",
              "Msg has been sent!",
              "Disconnected result code 0 (normal disconnection)");
      assertThat(run.status()).isZero();
      CommandRun quiet =
          CommandRun.of("device", "--once", "--broker", broker.address(), "--quiet", "--qos", qos);
      assertThat(quiet).isEqualTo(new CommandRun(0, "", ""));
    }
  }

  @Test
  void onceFailsWhereNobodyListens() {
    String address = "127.0.0.1:" + Mosquitto.freePort();
    CommandRun run = CommandRun.of("device", "--once", "--broker", address);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("Connecting to broker " + address + "\n");
    assertThat(run.err())
        .isEqualTo("noctule device: cannot reach broker " + address + ": connection refused\n");
  }

  @Test
  void onceFailsWhereTheHostIsUnknown() {
    CommandRun run =
        CommandRun.of("device", "--once", "--quiet", "--broker", "no-such-host.invalid");
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "noctule device: cannot reach broker no-such-host.invalid:1883: unknown host\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void onceFailsWhereItIsRefused(String version) {
    try (Mosquitto broker = Mosquitto.start(Mosquitto.freePort(), false)) {
      CommandRun run =
          CommandRun.of(
              "device", "--once", "--broker", broker.address(), "--mqtt-version", version);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out().lines())
          .last()
          .isEqualTo(
              version.equals("3")
                  ? "Bad connection returned code=5 (not authorized)"
                  : "Bad connection returned code=135 (not authorized)");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void goesOnTryingUntilTheBrokerIsThere() throws Exception {
    int port = Mosquitto.freePort();
    try (RunningDevice device = RunningDevice.start("--broker", "127.0.0.1:" + port, "--debug")) {
      assertThat(device.nextErrorLine())
          .isEqualTo(
              "noctule device: cannot reach broker 127.0.0.1:%d: connection refused; trying again"
                  .formatted(port));
      try (Mosquitto broker = Mosquitto.start(port, true)) {
        assertThat(device.linesUntil("Connection OK"::equals))
            .first()
            .isEqualTo("Connecting to broker " + broker.address());
        assertThat(device.linesUntil(line -> line.startsWith("log: Sending PUBLISH"))).isNotEmpty();
      }
      assertThat(device.linesUntil(line -> line.startsWith("Disconnected")))
          .last()
          .asString()
          .isNotEqualTo("Disconnected result code 0 (normal disconnection)");
    }
  }

  @Test
  void aSignalEndsTheProcessCleanly() throws Exception {
    try (Mosquitto broker = Mosquitto.start()) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "device",
                  "--broker",
                  broker.address())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line = lines.readLine();
        while (line != null && !line.equals("Msg has been sent!")) {
          line = lines.readLine();
        }
        assertThat(line).isEqualTo("Msg has been sent!");
        // By its handle: SIGTERM alone. Process.destroy would close its output too.
        assertThat(process.toHandle().destroy()).isTrue();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(lines.lines())
            .last()
            .isEqualTo("Disconnected result code 0 (normal disconnection)");
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
