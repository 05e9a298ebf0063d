package io.noctule.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.app.RunningCommand;
import java.io.BufferedReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class BrokerCommandTest {
  @TempDir private Path folder;

  private static String port(String address) {
    return address.substring(address.lastIndexOf(':') + 1);
  }

  @Test
  void theReadyLineNamesThePortsAndClientsAreServed() throws Exception {
    RunningCommand broker =
        RunningCommand.start(
            "broker", "--port", "0", "--ws-port", "0", "--http", "0", "--data", folder.toString());
    String ready = broker.nextLine();

    assertThat(ready)
        .matches(
            "ready mqtt=0\\.0\\.0\\.0:\\d+ ws=0\\.0\\.0\\.0:\\d+"
                + " http=http://127\\.0\\.0\\.1:\\d+/");
    assertThat(broker.err())
        .startsWith("noctule broker: clients on this machine need no password, others are refused;")
        .contains("/#/setup?token=");
    String port = port(ready.split(" ", -1)[1]);
    assertThat(CommandRun.of("pub", "-p", port, "-t", "a", "-m", "x", "-r", "-q", "2").status())
        .isZero();
    assertThat(CommandRun.of("sub", "-p", port, "-t", "a", "-C", "1", "-W", "10").out())
        .isEqualTo("x\n");
    assertThat(broker.end()).isZero();
  }

  @Test
  void theReadyLineIsJsonForAProgram() throws Exception {
    RunningCommand broker =
        RunningCommand.start(
            "broker",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-history",
            "--no-console",
            "--data",
            folder.toString(),
            "--open",
            "--json");
    JsonNode ready = new ObjectMapper().readTree(broker.nextLine()).get("ready");

    assertThat(ready.get("mqtt").asString()).matches("127\\.0\\.0\\.1:\\d+");
    assertThat(ready.has("ws")).isFalse();
    assertThat(ready.has("http")).isFalse();
    assertThat(broker.err()).contains("everybody who reaches this machine may connect");
    assertThat(broker.end()).isZero();
  }

  @Test
  void aPortInUseIsToldInOneLine() throws Exception {
    try (var taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());

      CommandRun run = CommandRun.of("broker", "--port", port, "--data", folder.toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).hasLineCount(1).contains(port).contains("in use");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void aPortOutOfRangeIsAUsageError() {
    CommandRun run = CommandRun.of("broker", "--ws-port", "70000", "--data", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("noctule broker: --ws-port must be from 0 to 65535, not 70000\n");
  }

  @Test
  void whatIsLeftOutCannotBeConfigured() {
    String data = folder.toString();

    CommandRun console =
        CommandRun.of("broker", "--port", "0", "--no-console", "--http", "0", "--data", data);
    CommandRun history =
        CommandRun.of(
            "broker", "--port", "0", "--no-history", "--database", "sqlite:x", "--data", data);

    assertThat(console.status()).isEqualTo(2);
    assertThat(console.err()).contains("--no-console and --http exclude each other");
    assertThat(history.status()).isEqualTo(2);
    assertThat(history.err()).contains("--no-history and --database exclude each other");
  }

  @Test
  void sigtermEndsTheProcessCleanly() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.noctule.app.Main",
                "broker",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--http",
                "0",
                "--data",
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith("ready mqtt=127.0.0.1:");

      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
