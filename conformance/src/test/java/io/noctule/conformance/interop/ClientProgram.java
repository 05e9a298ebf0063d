package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A client program as a process of its own, its output read line by line. Ended by its handle. For
 * one thread.
 */
final class ClientProgram implements AutoCloseable {
  private static final String END_OF_OUTPUT = "\0end of output";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  // All that it has said so far, for the message of a failure. Bounded by the length of a test.
  private final Queue<String> transcript = new ConcurrentLinkedQueue<>();

  private ClientProgram(Process process) {
    this.process = process;
    Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8), true));
    Thread.ofVirtual().start(() -> read(process.errorReader(StandardCharsets.UTF_8), false));
  }

  /**
   * Starts a program with its standard output flushed at every line.
   *
   * @throws AssertionError naming what to install where the program is not there
   */
  static ClientProgram start(String debianPackage, List<String> command) {
    String program = command.getFirst();
    assertThat(isInstalled(program))
        .as(
            "%s is needed by this test and is not installed; as root: apt-get install %s (./test does it)",
            program, debianPackage)
        .isTrue();
    List<String> whole = new ArrayList<>(List.of("stdbuf", "-oL"));
    whole.addAll(command);
    try {
      return new ClientProgram(new ProcessBuilder(whole).start());
    } catch (IOException e) {
      throw new AssertionError("cannot start " + command, e);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder).resolve(program))
        .anyMatch(Files::isExecutable);
  }

  private void read(BufferedReader output, boolean isStandardOutput) {
    try (output) {
      output
          .lines()
          .forEach(
              line -> {
                transcript.add(line);
                if (isStandardOutput) {
                  lines.add(line);
                }
              });
    } catch (UncheckedIOException | IOException e) {
      transcript.add("output broken off: " + e);
    }
    if (isStandardOutput) {
      lines.add(END_OF_OUTPUT);
    }
  }

  /** Writes a line to the program's standard input. */
  void say(String line) {
    BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8);
    try {
      input.write(line);
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new AssertionError("the program takes no input: " + transcript, e);
    }
  }

  /** The next line of its standard output. */
  String nextLine() {
    try {
      String line = lines.poll(PublicClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("next line after %s", transcript).isNotNull().isNotEqualTo(END_OF_OUTPUT);
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next line of its standard output that is as asked; those before it are passed over. */
  String nextLine(Predicate<String> asked) {
    String line = nextLine();
    while (!asked.test(line)) {
      line = nextLine();
    }
    return line;
  }

  /** Waits for its end and requires the exit status 0. */
  void finish() {
    try {
      assertThat(process.waitFor(PublicClient.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("program ended; it said %s", transcript)
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    assertThat(process.exitValue()).as("exit status; it said %s", transcript).isZero();
  }

  /** Ends it at once, without a word to the broker. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
