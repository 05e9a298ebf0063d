package io.noctule.app;

import io.noctule.app.command.Termination;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that runs in this process until it is asked to end. */
public final class RunningCommand {
  private static final int PIPE_BYTES = 1 << 20;

  private final Termination termination = new Termination();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final BufferedReader out;
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  private RunningCommand(BufferedReader out) {
    this.out = out;
  }

  /** Starts a command. */
  public static RunningCommand start(String... args) throws IOException {
    var pipe = new PipedOutputStream();
    var in = new PipedInputStream(pipe, PIPE_BYTES);
    var command =
        new RunningCommand(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              var context =
                  CommandRun.context(
                      new ByteArrayInputStream(new byte[0]),
                      pipe,
                      command.err,
                      command.termination);
              command.status.complete(Main.run(context, args));
              // So that who waits for a line is told that there will be none.
              context.out().close();
            });
    return command;
  }

  /** The next line that it writes on standard output. */
  public String nextLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the command has ended: " + err());
    }
    return line;
  }

  /** What it has written on standard error. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Asks it to end, and returns its exit status. */
  public int end() throws Exception {
    termination.request();
    return status.get(30, TimeUnit.SECONDS);
  }
}
