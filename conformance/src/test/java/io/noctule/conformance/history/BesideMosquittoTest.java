package io.noctule.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** SQLite in the data folder, beside Debian's mosquitto. */
class BesideMosquittoTest extends ExactlyOnceContract {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private int port;
  private @Nullable Process broker;

  @BeforeEach
  void startBroker() throws IOException {
    assertThat(PROGRAM)
        .as("needed by this test; as root: apt-get install mosquitto (./test does it)")
        .isExecutable();
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration = folder.resolve("mosquitto.conf");
    Files.writeString(
        configuration,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        max_queued_messages 0
        """
            .formatted(port));
    broker =
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().until(this::accepts);
  }

  private boolean accepts() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stopBroker() throws InterruptedException {
    if (broker != null) {
      broker.destroy();
      assertThat(broker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Override
  int brokerPort() {
    return port;
  }

  /** Mosquitto closes the connection for control characters. */
  @Override
  List<String> hostileTopics() {
    return super.hostileTopics().stream()
        .filter(topic -> topic.chars().noneMatch(Character::isISOControl))
        .toList();
  }

  @Override
  List<String> databaseOptions() {
    return List.of();
  }

  @Override
  RecordedMessages recorded() {
    return new RecordedMessages("jdbc:sqlite:" + folder.resolve("history.db"));
  }

  @Override
  String lock() {
    return "BEGIN IMMEDIATE";
  }
}
