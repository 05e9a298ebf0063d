package io.noctule.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.app.RunningCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandTest {
  @TempDir private Path folder;

  @Test
  void theDeviceReachesTheBrokerOfTheSameProcess() throws Exception {
    RunningCommand node =
        RunningCommand.start(
            "node",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--http",
            "0",
            "--data",
            folder.toString());

    assertThat(node.nextLine()).startsWith("ready mqtt=127.0.0.1:");
    String line = node.nextLine();
    while (!line.equals("Data received!")) {
      line = node.nextLine();
    }
    assertThat(node.nextLine()).contains("\"topic\":\"test\"");
    assertThat(node.end()).isZero();
  }

  @Test
  void withOnceItEndsWhenTheMessageIsSent() {
    assertThat(
            CommandRun.of(
                    "node",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "0",
                    "--http",
                    "0",
                    "--data",
                    folder.toString(),
                    "--once")
                .status())
        .isZero();
  }

  @Test
  void anotherBrokerIsAUsageError() {
    CommandRun run = CommandRun.of("node", "--port", "0", "--broker", "example.org");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("--broker does not go with node");
  }

  @Test
  void helpListsTheOptionsOfBoth() {
    assertThat(CommandRun.of("node", "--help").out())
        .contains("--ws-port", "--open", "--interval", "--subscribe", "Usage: noctule node");
  }
}
