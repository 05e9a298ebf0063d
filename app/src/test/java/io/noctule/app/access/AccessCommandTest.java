package io.noctule.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandTest {
  @TempDir private Path folder;

  private CommandRun run(String... args) {
    return CommandRun.of(
        Stream.concat(Arrays.stream(args), Stream.of("--data", folder.toString()))
            .toArray(String[]::new));
  }

  @BeforeEach
  void aDevice() {
    assertThat(run("user", "add", "pump", "--no-password").status()).isZero();
  }

  @Test
  void theRuleThatDecidesIsTold() {
    CommandRun allowed = run("access", "test", "pump", "publish", "sensor_data/pump");
    assertThat(allowed.status()).isZero();
    assertThat(allowed.out())
        .startsWith("allowed: pump may publish to sensor_data/pump\n  built-in rules:");

    CommandRun denied = run("access", "test", "pump", "subscribe", "#");
    assertThat(denied.status()).isEqualTo(1);
    assertThat(denied.out())
        .startsWith("denied: pump may not subscribe to #\n")
        .contains("allow some of its topics only");
    assertThat(run("access", "test", "-", "subscribe", "#").status()).isZero();
    assertThat(run("access", "test", "bert", "publish", "x").out()).contains("no such user");
    assertThat(run("access", "test", "b", "publish", "status/b", "--certificate").status())
        .isZero();
  }

  @Test
  void theFileOfRulesCountsWithItsLines() throws IOException {
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(rules, "rules:\n- allow: publish\n  client: c1\n  topics: x/%c\n");
    CommandRun run = run("access", "test", "pump", "publish", "x/c1", "--client", "c1");
    assertThat(run.out()).contains("rules.yaml:2 (allow publish x/%c)");
    assertThat(run("access", "test", "pump", "publish", "x/c1").status()).isEqualTo(1);

    Files.writeString(rules, "rules:\n- alow: publish\n");
    CommandRun broken = run("access", "test", "pump", "publish", "x");
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err()).contains(rules + ":2: unknown key of a rule 'alow'");
  }

  @Test
  void theBuiltInRulesCanBeSavedAndEdited() throws IOException {
    CommandRun shown = run("access", "show");
    assertThat(shown.status()).isZero();
    assertThat(shown.out()).contains("group: [admin, local]");
    Files.writeString(folder.resolve("rules.yaml"), shown.out());
    assertThat(run("access", "show").out()).isEqualTo(shown.out());
    assertThat(run("access", "test", "pump", "publish", "status/pump").out())
        .contains("rules.yaml:");
  }

  @Test
  void aTopicThatIsNoneIsAUsageError() {
    CommandRun run = run("access", "test", "pump", "publish", "a/+");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("must not contain the wildcard +");
  }
}
