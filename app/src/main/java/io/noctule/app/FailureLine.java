package io.noctule.app;

import io.noctule.app.command.CommandFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Turns what went wrong into one line that a user understands. */
public final class FailureLine {
  private FailureLine() {}

  /** The line for a failure, without the name of the program and without line breaks. */
  public static String of(Throwable failure) {
    return describe(failure).lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }

  private static String describe(Throwable failure) {
    return switch (failure) {
      case CommandFailure known -> text(known);
      case CompletionException e when e.getCause() != null -> describe(e.getCause());
      case ExecutionException e when e.getCause() != null -> describe(e.getCause());
      case UnknownHostException e -> "unknown host " + host(text(e));
      case UnresolvedAddressException _ -> "unknown host";
      case BindException e -> "address or port is in use or not this machine's: " + text(e);
      case ConnectException e -> text(e);
      case NoRouteToHostException e -> text(e);
      case SocketTimeoutException e -> text(e);
      case NoSuchFileException e -> "no such file: " + e.getFile();
      case AccessDeniedException e -> "not allowed to read " + e.getFile();
      case IOException e -> text(e);
      default -> "internal error: " + failure;
    };
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** Resolvers add their own words after the name. */
  private static String host(String message) {
    int end = message.indexOf(':');
    return end < 0 ? message : message.substring(0, end);
  }
}
