package io.noctule.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.app.CommandRun;
import io.noctule.app.RunningCommand;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HistoryCommandTest {
  @TempDir Path folder;

  private static Broker broker() throws Exception {
    return Broker.start(BrokerConfig.builder().host("127.0.0.1").port(0).build());
  }

  private static void publish(Broker broker, String topic, String message) {
    CommandRun run =
        CommandRun.of("pub", "-p", "" + broker.mqttPort(), "-q", "1", "-t", topic, "-m", message);
    assertThat(run.status()).as(run.err()).isZero();
  }

  private CommandRun export(String... more) {
    var args = new String[more.length + 4];
    args[0] = "history";
    args[1] = "export";
    args[2] = "--data";
    args[3] = folder.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return CommandRun.of(args);
  }

  @Test
  void whatIsRecordedCanBeExportedMeanwhile() throws Exception {
    try (Broker broker = broker()) {
      var history =
          RunningCommand.start(
              "history", "--broker", "127.0.0.1:" + broker.mqttPort(), "--data", folder.toString());
      assertThat(history.nextLine())
          .isEqualTo(
              "ready history=%s broker=127.0.0.1:%d"
                  .formatted(folder.resolve("history.db"), broker.mqttPort()));
      publish(broker, "sensor_data/a", "{\"time\":\"2026-11-25T10:00:00Z\",\"t\":21.5}");
      publish(broker, "sensor_data/a", "{\"time\":\"2026-11-25T10:00:01Z\",\"t\":22,\"h\":-1}");
      await().until(() -> export("--device", "a").out().lines().count() == 3);

      assertThat(export("--device", "a").out())
          .isEqualTo("time,h,t\r\n2026-11-25T10:00:00Z,,21.5\r\n2026-11-25T10:00:01Z,-1,22\r\n");
      Path file = folder.resolve("a.csv");
      CommandRun one =
          export(
              "--device", "a", "--metric", "t", "--from", "2026-11-25T10:00:01Z", "-o", "" + file);
      assertThat(one.err()).isEqualToIgnoringNewLines("1 lines in " + file);
      assertThat(Files.readString(file)).isEqualTo("time,t\r\n2026-11-25T10:00:01Z,22\r\n");
      assertThat(folder.resolve("a.csv.part")).doesNotExist();
      assertThat(export("--device", "b").err())
          .isEqualToIgnoringNewLines("noctule history: no device b; there are a");
      assertThat(export("--device", "a", "--metric", "x").err())
          .isEqualToIgnoringNewLines("noctule history: a has no metric x; it has h, t");
      assertThat(history.end()).isZero();
    }
  }

  @Test
  void aHistoryThatIsNotThereIsNotMade() {
    CommandRun run = export("--device", "a");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("there is no history at " + folder.resolve("history.db"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSecondRecorderOfTheSameFolderIsRefused() throws Exception {
    try (Broker broker = broker()) {
      String[] command = {
        "history", "--broker", "127.0.0.1:" + broker.mqttPort(), "--data", folder.toString()
      };
      var history = RunningCommand.start(command);
      history.nextLine();
      CommandRun second = CommandRun.of(command);
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).contains("already records into " + folder);
      assertThat(history.end()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--keep=soon, '--keep must be like 30d, 12h, 2y or forever, not ''soon'''",
    "--keep=0d, '--keep must be like 30d, 12h, 2y or forever, not ''0d'''",
    "--database=mysql://h/d, --database: the database must be like postgresql:",
    "--database=oops://u:secret@h, not ''h''",
    "--broker=h:99999, the port must be 1 to 65535",
    "--topic=a/#/b, is no topic filter",
    "--password-file=p, --password-file needs a user name",
    "exprt, did you mean export?"
  })
  void wrongOptionsAreNamed(String option, String told) {
    CommandRun run = CommandRun.of("history", "--data", folder.toString(), option);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(told.replace("''", "'")).doesNotContain("secret");
  }

  @Test
  void theExportHasItsOwnHelp() {
    CommandRun run = CommandRun.of("history", "export", "--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: noctule history export").contains("--device");
    assertThat(CommandRun.of("history", "export", "--device", "a", "--metrik", "t").err())
        .contains("did you mean --metric?");
  }
}
