package io.noctule.app.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.noctule.app.CommandRun;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.Termination;
import io.noctule.device.ProtocolVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DeviceOptionsTest {
  private static DeviceOptions options(Map<String, String> environment, String... arguments) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    var context =
        new CommandContext(
            new ByteArrayInputStream(new byte[0]),
            nowhere,
            nowhere,
            environment,
            false,
            new Termination());
    var command = new DeviceCommand(context);
    new CommandLine(command).setExpandAtFiles(false).parseArgs(arguments);
    return command.options();
  }

  private static DeviceOptions options(String... arguments) {
    return options(Map.of(), arguments);
  }

  @Test
  void hasTheDefaultsOfTheTutorial() {
    DeviceOptions options = options();
    assertThat(options.broker()).hasToString("127.0.0.1:1883");
    assertThat(options.id()).matches("[A-Za-z0-9-]{1,18}-[0-9a-f]{4}");
    assertThat(options.topic()).isEqualTo("test");
    assertThat(options.filters()).containsExactly("test");
    assertThat(options.qos()).isZero();
    assertThat(options.interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.message()).isEqualTo("Hello");
    assertThat(options.data().isEmpty()).isTrue();
    assertThat(options.once()).isFalse();
    assertThat(options.user()).isNull();
    assertThat(options.version()).isEqualTo(ProtocolVersion.AUTO);
    assertThat(options.output()).isEqualTo(OutputMode.TEXT);
  }

  @Test
  void takesWhatIsGiven() {
    DeviceOptions options =
        options(
            "--broker",
            "[::1]:1884",
            "--id",
            "d",
            "--topic",
            "a/b",
            "--qos",
            "2",
            "--interval",
            "0.25",
            "--message",
            "@me",
            "--subscribe",
            "a/#",
            "--subscribe",
            "$share/g/b",
            "--mqtt-version",
            "3",
            "--json",
            "--debug");
    assertThat(options.broker()).hasToString("[::1]:1884");
    assertThat(options.topic()).isEqualTo("a/b");
    assertThat(options.qos()).isEqualTo(2);
    assertThat(options.interval()).isEqualTo(Duration.ofMillis(250));
    assertThat(options.message()).isEqualTo("@me");
    assertThat(options.filters()).containsExactly("a/#", "$share/g/b");
    assertThat(options.version()).isEqualTo(ProtocolVersion.V3);
    assertThat(options.output()).isEqualTo(OutputMode.JSON);
    assertThat(options.debug()).isTrue();
    assertThat(options("--no-subscribe").filters()).isEmpty();
    assertThat(options("--once").filters()).isEmpty();
  }

  @Test
  void dataHasTypes() {
    assertThat(
            options(
                    "--value",
                    "t=21.50",
                    "--value",
                    "n=-3",
                    "--value",
                    "on=true",
                    "--value",
                    "off=false",
                    "--value",
                    "s=a=b",
                    "--value",
                    "v=1.2.3",
                    "--value",
                    "z=007",
                    "--value",
                    "e=",
                    "--value",
                    "big=123456789012345678901234567890")
                .data())
        .hasToString(
            """
            {"t":21.50,"n":-3,"on":true,"off":false,"s":"a=b","v":"1.2.3","z":"007","e":"",\
            "big":123456789012345678901234567890}\
            """);
    assertThat(options("--value", "n=" + "9".repeat(5_000)).data().get("n").isString()).isTrue();
  }

  @Test
  void dataComesFromAFileToo(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("data.json"), "{\"t\": 1, \"a\": [1, {}]}");
    assertThat(options("--value", "t=0", "--value", "@" + file, "--value", "u=2").data())
        .hasToString("{\"t\":1,\"a\":[1,{}],\"u\":2}");
  }

  @Test
  void thePasswordComesFromOptionFileOrEnvironment(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "secret one\nnot this\n");
    assertThat(options("--user", "u", "--password", "p").password()).isEqualTo("p");
    assertThat(options("--user", "u", "--password-file", file.toString()).password())
        .isEqualTo("secret one");
    var environment = Map.of("NOCTULE_PASSWORD", "e");
    assertThat(options(environment, "--user", "u").password()).isEqualTo("e");
    assertThat(options(environment, "--user", "u", "--password", "p").password()).isEqualTo("p");
    assertThat(options(environment).password()).isNull();
    assertThat(options("--user", "u").password()).isNull();
    assertThat(options("--user", "u", "--password", "p").toString()).doesNotContain("=p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--interval 0     | --interval must be a number of seconds from 0.001 to 31536000, was '0'",
        "--interval -1    | --interval must be a number of seconds from 0.001 to 31536000, was"
            + " '-1'",
        "--interval x     | --interval must be a number of seconds from 0.001 to 31536000, was 'x'",
        "--interval 1e99  | --interval must be a number of seconds from 0.001 to 31536000, was"
            + " '1e99'",
        "--qos 3          | --qos must be 0, 1 or 2, was '3'",
        "--mqtt-version 4 | --mqtt-version must be 3 or 5, was '4'",
        "--broker a:0     | --broker a:0: the port must be 1 to 65535, was '0'",
        "--broker :1      | --broker :1: '' is no name or address of a host",
        "--value x         | --value must be KEY=VALUE or @FILE, was 'x'",
        "--value =x        | --value must be KEY=VALUE or @FILE, was '=x'",
        "--value @/no/file | --value @/no/file: there is no such file",
        "--value @/        | --value @/: is a folder",
        "--password x     | --password needs --user",
        "--quiet --json   | --quiet and --json exclude each other",
        "--user u --password-file /no/file | --password-file /no/file: there is no such file",
        "--user u --password x --password-file y | --password and --password-file exclude each"
            + " other",
        "--subscribe a --no-subscribe | --subscribe and --no-subscribe exclude each other",
        "--intervall 3    | unknown option --intervall; did you mean --interval?",
        "--interval       | --interval needs a value (SECONDS)"
      })
  void refusesWhatIsWrongInOneLine(String arguments, String told) {
    CommandRun run = CommandRun.of(("device " + arguments).split(" ", -1));
    assertThat(run.err()).isEqualTo("noctule device: " + told + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void refusesWhatTheStandardForbids() {
    assertThat(CommandRun.of("device", "--topic", "a/#").err())
        .startsWith("noctule device: --topic a/#: ")
        .hasLineCount(1);
    assertThat(CommandRun.of("device", "--subscribe", "a#").err())
        .startsWith("noctule device: --subscribe a#: ")
        .hasLineCount(1);
    assertThat(CommandRun.of("device", "--id", "").err())
        .isEqualTo("noctule device: --id must have 1 to 65535 bytes, was ''\n");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> options("--once", "--subscribe", "a"))
        .withMessageStartingWith("--once ends when its message is sent");
  }

  @Test
  void refusesAFileThatIsNoJsonObject(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"t\": }");
    Path list = Files.writeString(folder.resolve("list.json"), "[1]");
    Path empty = Files.writeString(folder.resolve("empty.json"), "");
    Path binary = Files.write(folder.resolve("binary.json"), new byte[] {(byte) 0xff});
    assertThat(CommandRun.of("device", "--value", "@" + broken).err())
        .startsWith("noctule device: --value @" + broken + ": is not JSON: ")
        .contains("(line 1, column ")
        .hasLineCount(1);
    assertThat(CommandRun.of("device", "--value", "@" + list).err())
        .isEqualTo("noctule device: --value @" + list + ": is no JSON object, as {…} is one\n");
    assertThat(CommandRun.of("device", "--value", "@" + empty).err())
        .isEqualTo("noctule device: --value @" + empty + ": is no JSON object, as {…} is one\n");
    assertThat(CommandRun.of("device", "--value", "@" + binary).err())
        .isEqualTo("noctule device: --value @" + binary + ": is not UTF-8 text\n");
  }
}
