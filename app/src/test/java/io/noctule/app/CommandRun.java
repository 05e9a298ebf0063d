package io.noctule.app;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.Termination;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A command run in this process, as the shell would run it.
 *
 * @param status the exit status
 * @param out what it wrote on standard output
 * @param err what it wrote on standard error
 */
public record CommandRun(int status, String out, String err) {

  /** Runs a command without input. */
  public static CommandRun of(String... args) {
    return withInput("", args);
  }

  /** Runs a command that reads a text. */
  public static CommandRun withInput(String input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    int status = Main.run(context(in, out, err, new Termination()), args);
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A context without a terminal. */
  public static CommandContext context(
      InputStream in, OutputStream out, OutputStream err, Termination termination) {
    return new CommandContext(
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of(),
        false,
        termination);
  }
}
