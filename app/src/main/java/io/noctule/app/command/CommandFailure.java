package io.noctule.app.command;

import java.io.Serial;

/**
 * A known failure of a command: one line for the user and the exit status of the process. Thrown by
 * commands, shown by the program's entry point; the cause is printed only where debugging is asked
 * for.
 */
public final class CommandFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** The exit status of a failure. */
  public static final int FAILED = 1;

  /** The exit status of a wrong use of the command line. */
  public static final int USAGE = 2;

  private final int exitStatus;

  /**
   * A failure.
   *
   * @param message one line for the user: what failed, and what to do where that is known
   * @param exitStatus 1 to 255
   */
  public CommandFailure(String message, int exitStatus) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /**
   * A failure with what led to it.
   *
   * @param message one line for the user
   * @param exitStatus 1 to 255
   * @param cause printed where debugging is asked for
   */
  public CommandFailure(String message, int exitStatus, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** A failure with status 1. */
  public static CommandFailure failed(String message) {
    return new CommandFailure(message, FAILED);
  }

  /** A wrong use of the command line: status 2. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(message, USAGE);
  }

  /** A connection to a broker that did not come about. */
  public static CommandFailure noConnection(String host, int port, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    return new CommandFailure(
        "no connection to %s:%d (%s): is a broker running there?"
            .formatted(
                host, port, reason.contains("Connection refused") ? "connection refused" : reason),
        FAILED,
        cause);
  }

  /** The exit status of the process, 1 to 255. */
  public int exitStatus() {
    return exitStatus;
  }
}
