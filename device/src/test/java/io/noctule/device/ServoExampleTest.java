package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.device.testing.Mosquitto;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The program that the documents show is compiled and run here, as a user runs it. */
class ServoExampleTest {
  private static final Path PROGRAM = Path.of("src/test/resources/examples/Servo.java");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void theDocumentShowsTheProgram() throws IOException {
    assertThat(Files.readString(Path.of("../docs/device.md")))
        .contains("```java\n" + Files.readString(PROGRAM) + "```\n");
    assertThat(Files.readAllLines(PROGRAM)).hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void turnsTheServo() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Device remote = Device.builder().broker("127.0.0.1", broker.port()).connect()) {
      Process servo =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  PROGRAM.toString(),
                  "127.0.0.1:" + broker.port())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = servo.inputReader(StandardCharsets.UTF_8)) {
        // Kept by the broker, so that it does not matter who is there first.
        remote.publish("servo", "ON", 1, true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(lines.readLine()).isEqualTo("servo at 90 degrees");
        remote
            .publish("servo", "{\"msg\":\"OFF\"}", 1, false)
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(lines.readLine()).isEqualTo("servo at 0 degrees");
        assertThat(servo.isAlive()).as("the device keeps the program alive").isTrue();
      } finally {
        servo.destroy();
        await().atMost(LIMIT).until(() -> !servo.isAlive());
      }
    }
  }
}
