package io.noctule.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** {@code noctule console} as a process of its own, ended by its handle. */
final class ConsoleProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Queue<String> transcript = new ConcurrentLinkedQueue<>();

  private ConsoleProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    Thread.ofVirtual().start(() -> read(process.errorReader(StandardCharsets.UTF_8)));
  }

  static ConsoleProcess start(Path data, List<String> options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.noctule.app.Main",
                "console",
                "--http",
                "0",
                "--data",
                data.toString()));
    command.addAll(options);
    return new ConsoleProcess(new ProcessBuilder(command).start());
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
    } catch (IOException | UncheckedIOException e) {
      // The process has been ended.
    }
  }

  /** The page's address. */
  URI address() throws Exception {
    String line = ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(line).matches("ready console=http://127\\.0\\.0\\.1:\\d+/ broker=\\S+");
    return URI.create(line.replaceFirst("ready console=(\\S+).*", "$1"));
  }

  /** All that it has said. */
  List<String> transcript() {
    return List.copyOf(transcript);
  }

  /** Asks it to end, and waits until it has. */
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
