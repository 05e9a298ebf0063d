package io.noctule.app.user;

import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a new password comes from: a file, the terminal without echo, or the first line of standard
 * input. Not from the command line, which every user of the machine can read while the command runs
 * and which the shell keeps. Filled by picocli.
 */
final class PasswordSource {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "file whose first line is the password (asked for on a terminal, else the first line of"
              + " standard input)")
  private @Nullable Path file;

  boolean isFile() {
    return file != null;
  }

  /**
   * The hash of the password.
   *
   * @throws CommandFailure where there is none, or it makes no sense
   */
  PasswordHash read(CommandContext context, String user) {
    String password = text(context, user);
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    try {
      User.requirePassword(bytes);
      return PasswordHash.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // Whether it can be null depends on the console in use.
  private String text(CommandContext context, String user) {
    try {
      if (file != null) {
        return Files.readString(file).lines().findFirst().orElse("");
      }
      Console console = System.console();
      if (context.interactive() && console != null) {
        return ask(console, user);
      }
      String line =
          new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null) {
        throw CommandFailure.failed(
            "a password is expected on standard input, or in a file: --password-file");
      }
      return line;
    } catch (IOException e) {
      throw new CommandFailure(
          file == null
              ? "standard input cannot be read: " + e.getMessage()
              : "--password-file %s cannot be read: %s".formatted(file, e),
          CommandFailure.FAILED,
          e);
    }
  }

  private static String ask(Console console, String user) {
    char[] first = console.readPassword("password of %s: ", user);
    char[] second = console.readPassword("the same again: ");
    if (first == null || second == null) {
      throw CommandFailure.failed("no password was given");
    }
    if (!Arrays.equals(first, second)) {
      throw CommandFailure.failed("the two passwords differ; nothing was changed");
    }
    return new String(first);
  }
}
