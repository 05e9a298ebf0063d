package io.noctule.device.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program and its arguments, as the system gets them: no shell looks at them, so that nothing in
 * them is ever taken for anything else than a text.
 *
 * @param command the program, looked up in the PATH unless it has a slash, and its arguments
 */
public record Program(List<String> command) {
  /** How long output may still come after the end: that of a child that has outlived it. */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(200);

  private static final int BUFFER_BYTES = 4096;

  /**
   * Copies the command.
   *
   * @throws IllegalArgumentException where there is no program, or a text has a NUL character
   */
  public Program {
    command = List.copyOf(command);
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      throw new IllegalArgumentException("a command must begin with the name of a program");
    }
    for (String part : command) {
      if (part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("an argument must not have a NUL character");
      }
    }
  }

  /**
   * Runs the program with empty standard input and waits for its end. Where its time is over or the
   * thread is interrupted, it and all that it has started are killed.
   *
   * @param limit how long it may take
   * @param maxOutputBytes how much of its output is kept; the rest is read and thrown away
   * @throws IOException where it cannot be started, telling why
   * @throws InterruptedException where the thread is interrupted
   */
  public ProgramResult run(Duration limit, int maxOutputBytes)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      var output = new CompletableFuture<Output>();
      InputStream stream = process.getInputStream();
      var _ =
          Thread.ofVirtual()
              .name("noctule-program-output")
              .start(() -> output.complete(read(stream, maxOutputBytes)));
      boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        kill(process);
        var _ = process.waitFor();
      }
      Output written = await(output, stream);
      return new ProgramResult(process.exitValue(), written.text(), written.truncated(), !ended);
    } finally {
      kill(process);
    }
  }

  /**
   * Kills a process and all its descendants. Those are asked for first: once it has ended, nobody
   * knows any more whose children they were.
   */
  private static void kill(Process process) {
    if (process.isAlive()) {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      process.destroyForcibly();
      for (ProcessHandle descendant : all) {
        // What it has started since.
        descendant.descendants().forEach(ProcessHandle::destroyForcibly);
        descendant.destroyForcibly();
      }
    }
  }

  private record Output(String text, boolean truncated) {}

  private static Output read(InputStream stream, int maxBytes) {
    byte[] kept = new byte[maxBytes];
    int length = 0;
    boolean truncated = false;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (stream) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        int fits = Math.min(count, maxBytes - length);
        System.arraycopy(buffer, 0, kept, length, fits);
        length += fits;
        truncated |= fits < count;
      }
    } catch (IOException _) {
      // Closed because the program has ended: what came until then counts.
    }
    return new Output(new String(kept, 0, length, StandardCharsets.UTF_8), truncated);
  }

  private static Output await(CompletableFuture<Output> output, InputStream stream)
      throws IOException, InterruptedException {
    try {
      return output.get(LAST_OUTPUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      stream.close();
    } catch (ExecutionException e) {
      throw new IOException("its output cannot be read", e.getCause());
    }
    try {
      return output.get(LAST_OUTPUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return new Output("", true);
    }
  }
}
