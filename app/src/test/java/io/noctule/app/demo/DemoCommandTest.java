package io.noctule.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.app.RunningCommand;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  private static final String MESSAGE =
      "\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  %s +QoS %d +\\d+\\.\\d\\d ms";

  private static List<String> linesUntil(RunningCommand demo, String pattern) throws IOException {
    var lines = new ArrayList<String>();
    String line = demo.nextLine();
    while (line != null) {
      lines.add(line);
      if (line.matches(pattern)) {
        return lines;
      }
      line = demo.nextLine();
    }
    throw new IOException("the demo ended without " + pattern + ": " + lines);
  }

  @Test
  void messagesOfAllDevicesAreShownUntilItIsAskedToEnd() throws Exception {
    RunningCommand demo = RunningCommand.start("demo", "--port", "0", "--http", "0");

    List<String> lines = linesUntil(demo, MESSAGE.formatted("test", 0));
    assertThat(lines)
        .as("the page's address")
        .anyMatch(line -> line.matches("  http://127\\.0\\.0\\.1:\\d+/#/setup\\?token=\\S+"))
        .contains("Join from another terminal:", "Join from another device:")
        .filteredOn(line -> !line.contains("http://"))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(demo.nextLine()).contains("{\"time\":\"", "\"client\":\"");
    linesUntil(demo, MESSAGE.formatted("sensor_data/greenhouse", 1));
    linesUntil(demo, MESSAGE.formatted("sensor_data/this-machine", 1));

    assertThat(demo.end()).isZero();
    assertThat(linesUntil(demo, "\\d+ messages in .*").getLast())
        .matches("\\d+ messages in [0-9.]+ s, median latency [0-9.]+ ms");
    assertThat(demo.err()).isEmpty();
  }

  @Test
  void aFreePortIsTakenWhereTheUsualOneIsNot() throws Exception {
    try (ServerSocket taken = usualPort()) {
      RunningCommand demo = RunningCommand.start("demo", "--host", "127.0.0.1", "--http", "0");

      assertThat(demo.nextLine())
          .matches("Port 1883 is in use by another program; the broker takes \\d+\\.");
      linesUntil(demo, MESSAGE.formatted("test", 0));
      assertThat(demo.end()).isZero();
      assertThat(taken == null || !taken.isClosed()).isTrue();
    }
  }

  /** Null where another program has it already, which does as well. */
  private static @Nullable ServerSocket usualPort() throws IOException {
    try {
      return new ServerSocket(1883);
    } catch (BindException e) {
      return null;
    }
  }

  @Test
  void aPortThatWasAskedForIsNotReplaced() throws IOException {
    try (var taken = new ServerSocket(0)) {
      CommandRun run = CommandRun.of("demo", "--port", String.valueOf(taken.getLocalPort()));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).hasLineCount(1).contains("in use");
    }
  }

  @Test
  void itEndsAfterTheSecondsThatWereAskedFor() {
    CommandRun run = CommandRun.of("demo", "--port", "0", "--seconds", "0");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("noctule demo: --seconds must be more than 0, not 0.0\n");
    assertThat(CommandRun.of("demo", "--port", "0", "--http", "0", "--seconds", "1").out())
        .containsPattern("[1-9]\\d* messages in ");
  }

  @Test
  void longTextIsCutBehindCommas() {
    String text = "{\"a\":\"%s\",\"b\":\"%s\"}".formatted("x".repeat(50), "y".repeat(100));

    assertThat(MessageBoard.wrapped(text)).hasSize(3).first().asString().endsWith("\",");
  }
}
