package io.noctule.app.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command runs with: the standard streams, the environment and the request to end. A test
 * gives its own.
 *
 * @param in standard input
 * @param out standard output, buffered: flush what shall be seen
 * @param err standard error
 * @param environment the environment variables
 * @param interactive whether a person looks at a terminal
 * @param termination how the command learns that it shall end
 */
public record CommandContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean interactive,
    Termination termination) {
  private static final int OUT_BUFFER_BYTES = 1 << 16;

  /** Copies the environment. */
  public CommandContext {
    environment = Map.copyOf(environment);
  }

  /** The context of this process. */
  @SuppressWarnings(
      "SystemConsoleNull") // Whether it can be null depends on the JDK's console in use.
  public static CommandContext ofProcess(Termination termination) {
    // UTF-8 whatever the locale: topics and payloads are, and mosquitto's tools print their bytes
    // as they are.
    var out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    var console = System.console();
    return new CommandContext(
        System.in, out, err, System.getenv(), console != null && console.isTerminal(), termination);
  }

  /** Whether output may be coloured: on a terminal, unless NO_COLOR is set (no-color.org). */
  public boolean colored() {
    return interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }
}
