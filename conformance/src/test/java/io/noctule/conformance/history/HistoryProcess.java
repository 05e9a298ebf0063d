package io.noctule.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code noctule history} as a process of its own, ended by its handle. Any thread. */
final class HistoryProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  // All that it has said, for the message of a failure. Bounded by the length of a test.
  private final Queue<String> transcript = new ConcurrentLinkedQueue<>();

  private HistoryProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    Thread.ofVirtual().start(() -> read(process.errorReader(StandardCharsets.UTF_8)));
  }

  /** Starts it; it need not be ready. */
  static HistoryProcess start(int brokerPort, Path folder, List<String> more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Quick to start rather than quick.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.noctule.app.Main",
                "history",
                "--broker",
                "127.0.0.1:" + brokerPort,
                "--data",
                folder.toString()));
    command.addAll(more);
    var builder = new ProcessBuilder(command);
    builder.environment().put("NOCTULE_LOG", "info");
    return new HistoryProcess(builder.start());
  }

  private void read(BufferedReader output) {
    try (output) {
      output
          .lines()
          .forEach(
              line -> {
                transcript.add(line);
                if (line.startsWith("ready ")) {
                  ready.complete(line);
                }
              });
    } catch (UncheckedIOException | IOException e) {
      transcript.add("output broken off: " + e);
    }
  }

  /** Waits until it records. */
  void awaitReady() {
    try {
      ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the history is not ready; it said " + transcript, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  boolean isReady() {
    return ready.isDone();
  }

  /** What it has said. */
  String transcript() {
    return String.join("\n", transcript);
  }

  /** As kill -9, and waits for the end of it. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As Ctrl-C, and requires a clean end. */
  void terminate() {
    process.destroy();
    awaitEnd();
    assertThat(process.exitValue()).as("exit status; it said %s", transcript).isZero();
  }

  private void awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("ended; it said %s", transcript)
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
