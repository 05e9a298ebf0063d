package io.noctule.app.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCommandTest {
  @TempDir private Path folder;

  private CommandRun run(String input, String... args) {
    return CommandRun.withInput(
        input,
        Stream.concat(Arrays.stream(args), Stream.of("--data", folder.toString()))
            .toArray(String[]::new));
  }

  @Test
  void aDeviceIsAddedAndItsRightsAreTold() throws IOException {
    CommandRun run = run("correct horse\n", "user", "add", "greenhouse-1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            user greenhouse-1 added (device)
              may publish to   sensor_data/greenhouse-1, sensor_data/greenhouse-1/#, \
            status/greenhouse-1, twin/greenhouse-1, test
              may subscribe to config_change, config_change/greenhouse-1, test
            """);
    assertThat(Files.readString(folder.resolve("users")))
        .contains("greenhouse-1:device:$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain("correct horse");
  }

  @Test
  void usersAreListedChangedAndRemoved() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "battery staple\nnot this\n");
    assertThat(
            run(
                    "",
                    "user",
                    "add",
                    "anna",
                    "--group",
                    "admin,readers",
                    "--password-file",
                    password.toString())
                .status())
        .isZero();
    assertThat(run("", "user", "add", "pump", "--no-password").status()).isZero();
    assertThat(run("another one\n", "user", "passwd", "anna").out())
        .isEqualTo("password of user anna changed\n");
    assertThat(run("", "user", "disable", "pump").out()).isEqualTo("user pump disabled\n");
    assertThat(run("", "user", "list").out())
        .isEqualTo("anna\tadmin,readers\t\npump\tdevice\tdisabled by certificate only\n");
    assertThat(run("", "user", "enable", "pump").status()).isZero();
    assertThat(run("", "user", "remove", "anna").status()).isZero();
    assertThat(run("", "user", "list").out()).isEqualTo("pump\tdevice\tby certificate only\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "user add a/b|long enough|1|a user name must not contain /",
        "user add anna --group local|long enough|1|the group local is for clients without",
        "user add anna|short|1|a password must have 8 to 1024 bytes, has 5",
        "user add anna|null|1|a password is expected on standard input",
        "user passwd bert|long enough|1|there is no user bert in",
        "user remove bert|null|1|there is no user bert in",
        "user add|null|2|NAME is missing",
        "user ad anna|null|2|unknown command ad; did you mean add?"
      })
  void whatDoesNotGoIsToldInOneLine(String command, String input, int status, String told) {
    CommandRun run = run(input == null ? "" : input, command.split(" ", -1));

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).startsWith("noctule user: " + told).hasLineCount(1);
  }

  @Test
  void aUserIsAddedOnce() {
    assertThat(run("correct horse\n", "user", "add", "anna").status()).isZero();
    CommandRun again = run("correct horse\n", "user", "add", "anna");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("user anna exists already; noctule user passwd anna");
  }

  @Test
  void withoutACommandTheCommandsAreNamed() {
    CommandRun run = CommandRun.of("user");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("noctule user: name what to do: add, passwd, remove, disable, enable, list");
  }
}
