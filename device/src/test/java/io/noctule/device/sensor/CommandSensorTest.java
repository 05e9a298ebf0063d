package io.noctule.device.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.noctule.device.description.SensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonPointer;

/** Real programs. */
class CommandSensorTest {
  private static final SensorSource.Linear MILLI = new SensorSource.Linear(0.001, 1);

  @TempDir Path folder;

  @Test
  void takesTheNumberThatAProgramPrints() throws Exception {
    assertThat(sensor(null, null, "echo", " 21500 ").read()).isEqualTo(22.5);
    assertThat(sensor(Pattern.compile("t=(\\d+)"), null, "echo", "id=7 t=9000").read())
        .isEqualTo(10);
    assertThat(sensor(null, JsonPointer.compile("/a/1"), "echo", "{\"a\":[1,2000]}").read())
        .isEqualTo(3);
  }

  @Test
  void noShellLooksAtTheArguments() throws Exception {
    Path file = folder.resolve("made");

    assertThat(reason(sensor(null, null, "echo", "1; touch " + file)))
        .startsWith("echo: must be a number, was '1; touch ");
    assertThat(file).doesNotExist();
  }

  @Test
  void tellsWhyThereIsNoNumber() {
    assertThat(reason(sensor(null, null, "/nowhere/program")))
        .startsWith("/nowhere/program: cannot be run: ")
        .contains("No such file or directory");
    assertThat(reason(sensor(null, null, "sh", "-c", "echo oops >&2; echo more >&2; exit 3")))
        .isEqualTo("sh: ended with status 3: oops");
    assertThat(reason(sensor(null, null, "true")))
        .isEqualTo("true: must be a number, was ''; a pattern picks it out of more text");
    assertThat(reason(sensor(null, JsonPointer.compile("/a"), "echo", "{")))
        .isEqualTo("echo: must print JSON, printed '{'");
    assertThat(reason(sensor(null, JsonPointer.compile("/b"), "echo", "{\"a\":1}")))
        .isEqualTo("echo: the pointer /b leads to no number");
  }

  @Test
  void whatItSaysToStandardErrorIsNoPartOfTheNumber() throws Exception {
    assertThat(sensor(null, null, "sh", "-c", "echo warning >&2; echo 1000").read()).isEqualTo(2);
  }

  @Test
  void aProgramThatDoesNotEndIsKilledWithItsChildren() throws Exception {
    Path pids = folder.resolve("pids");
    var sensor =
        new CommandSensor(
            new SensorSource.OfCommand(
                List.of("sh", "-c", "sleep 1000 & echo $! > " + pids + "; echo 5; wait"),
                Duration.ofMillis(500),
                MILLI,
                null,
                null));

    assertThat(reason(sensor)).isEqualTo("sh: did not end within 0.5 s and was killed");
    long child = Long.parseLong(Files.readString(pids).strip());
    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aChildThatIsLeftBehindIsNotWaitedFor() throws Exception {
    Path pids = folder.resolve("pids");
    CommandSensor sensor =
        sensor(null, null, "sh", "-c", "sleep 1000 & echo $! > " + pids + "; echo 5000");
    try {
      assertThat(sensor.read()).isEqualTo(6);
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(pids).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void outputIsBounded() {
    assertThat(reason(sensor(null, null, "yes")))
        .isEqualTo("yes: prints more than 64 KiB and was killed");
    assertThat(reason(sensor(null, null, "sh", "-c", "yes >&2")))
        .isEqualTo("sh: prints more than 64 KiB and was killed");
  }

  @Test
  void muchOutputWithinBoundsIsRead() throws Exception {
    assertThat(
            sensor(
                    Pattern.compile("END (\\d+)"),
                    null,
                    "sh",
                    "-c",
                    "head -c 60000 /dev/zero | tr '\\0' x; echo END 4000")
                .read())
        .isEqualTo(5);
  }

  private static CommandSensor sensor(
      @Nullable Pattern pattern, @Nullable JsonPointer pointer, String... command) {
    return new CommandSensor(
        new SensorSource.OfCommand(
            List.of(command), Duration.ofSeconds(20), MILLI, pattern, pointer));
  }

  private static String reason(Sensor sensor) {
    return String.valueOf(catchThrowableOfType(SensorException.class, sensor::read).getMessage());
  }
}
