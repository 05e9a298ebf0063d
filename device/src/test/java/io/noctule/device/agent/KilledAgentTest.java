package io.noctule.device.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.device.testing.Gate;
import io.noctule.device.testing.Mosquitto;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings over cut connections and ends of the process without warning. */
class KilledAgentTest {
  private static final String TOPIC = "sensor_data/bat";

  @TempDir Path folder;

  /** All that agents have said to be on disk, in order. */
  private final List<String> measured = new CopyOnWriteArrayList<>();

  private Process start(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                AgentProcess.class.getName(),
                Integer.toString(port),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var _ = Thread.ofVirtual().start(() -> read(process));
    return process;
  }

  private void read(Process process) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().filter(line -> line.endsWith("}")).forEach(measured::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitMeasured(int more) {
    int count = measured.size() + more;
    await("measured").atMost(Watcher.LIMIT).until(() -> measured.size() >= count);
  }

  private void awaitArrival(Watcher watcher) {
    List<String> expected = List.copyOf(measured);
    await("all have arrived")
        .atMost(Watcher.LIMIT)
        .until(() -> watcher.texts(TOPIC).containsAll(expected));
  }

  @Test
  void everyReadingArrivesInOrderWithItsTime() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Gate gate = new Gate(broker.port());
        Watcher watcher = new Watcher(broker.port())) {
      Process first = start(gate.port());
      Process second = null;
      try {
        watcher.awaitText("status/bat", "online");
        awaitMeasured(5);
        awaitArrival(watcher);

        gate.cut();
        watcher.awaitText("status/bat", "offline");
        awaitMeasured(20);
        first.destroyForcibly().waitFor();

        gate.open();
        second = start(gate.port());
        watcher.awaitText("status/bat", "online");
        awaitMeasured(5);
        awaitArrival(watcher);

        // Another interruption, which the process lives through.
        gate.cut();
        watcher.awaitText("status/bat", "offline");
        awaitMeasured(20);
        gate.open();
        watcher.awaitText("status/bat", "online");
        awaitMeasured(5);
        awaitArrival(watcher);

        second.destroyForcibly().waitFor();
        watcher.awaitText("status/bat", "offline");
        List<String> once = List.copyOf(new LinkedHashSet<>(watcher.texts(TOPIC)));
        assertThat(once).as("in the order of their time").isSorted();
        assertThat(once.size())
            .as("no others, but for those whose line the end has swallowed")
            .isLessThanOrEqualTo(measured.size() + 4);
      } finally {
        first.destroyForcibly();
        if (second != null) {
          second.destroyForcibly();
        }
      }
    }
  }

  @Test
  void takesLeaveAtSigterm() throws Exception {
    try (Mosquitto broker = Mosquitto.start();
        Watcher watcher = new Watcher(broker.port())) {
      Process process = start(broker.port());
      try {
        watcher.awaitText("status/bat", "online");
        awaitMeasured(3);
        assertThat(process.toHandle().destroy()).isTrue();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        watcher.awaitText("status/bat", "offline");
        awaitArrival(watcher);
        assertThat(broker.log()).anyMatch(line -> line.endsWith("Client bat disconnected."));
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
