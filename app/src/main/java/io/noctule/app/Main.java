package io.noctule.app;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.ProgramVersion;
import io.noctule.app.command.Termination;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Entry point of the program: finds the command, runs it, and tells what failed in one line. */
public final class Main {
  /** Set to anything: failures are shown with their stack trace, as by {@code --debug}. */
  private static final String DEBUG_VARIABLE = "NOCTULE_DEBUG";

  private Main() {}

  /** Runs the command that the arguments name and ends the process with its exit status. */
  public static void main(String[] args) {
    var termination = Termination.ofProcess();
    int status = run(CommandContext.ofProcess(termination), args);
    termination.finish(status);
    System.exit(status);
  }

  /**
   * Runs a command.
   *
   * @param context streams and environment of the command
   * @param args the command's name and its arguments
   * @return the exit status: 0 success, 1 failure, 2 usage, others where a command says so
   */
  public static int run(CommandContext context, String... args) {
    try {
      return dispatch(context, args);
    } catch (CommandFailure e) {
      return report(context, e, e.exitStatus(), args);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report(context, e, CommandFailure.FAILED, args);
    } catch (Exception | LinkageError e) {
      return report(context, e, CommandFailure.FAILED, args);
    } finally {
      context.out().flush();
      context.err().flush();
    }
  }

  private static int dispatch(CommandContext context, String... args) throws Exception {
    if (args.length == 0) {
      context.err().print(CommandTable.overview());
      return CommandFailure.USAGE;
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "help", "--help", "-h" -> help(context, rest);
      case "version", "--version" -> version(context);
      default -> call(context, entry(args[0]), rest);
    };
  }

  private static int help(CommandContext context, String... args) throws Exception {
    if (args.length == 0) {
      context.out().print(CommandTable.overview());
      return 0;
    }
    return call(context, entry(args[0]), "--help");
  }

  private static int version(CommandContext context) {
    context.out().println("noctule " + ProgramVersion.text());
    return 0;
  }

  private static CommandTable.Entry entry(String name) {
    return CommandTable.find(name)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    name.startsWith("-")
                        ? "name a command before options such as %s; the commands are %s"
                            .formatted(name, String.join(", ", CommandTable.names()))
                        : unknownCommand(name)));
  }

  private static String unknownCommand(String name) {
    Optional<String> nearest = Nearest.to(name, CommandTable.names());
    return nearest
        .map(meant -> "unknown command %s; did you mean %s?".formatted(name, meant))
        .orElseGet(
            () ->
                "unknown command %s; the commands are %s"
                    .formatted(name, String.join(", ", CommandTable.names())));
  }

  private static int call(CommandContext context, CommandTable.Entry entry, String... args)
      throws Exception {
    Callable<Integer> command = entry.maker().apply(context);
    CommandLine line = CommandArguments.parser(command, entry.name());
    CommandLine meant = CommandArguments.parse(line, args);
    if (meant.isUsageHelpRequested()) {
      meant.usage(context.out());
      return 0;
    }
    Callable<Integer> called = meant.getCommand();
    return called.call();
  }

  private static int report(CommandContext context, Throwable failure, int status, String... args) {
    // What the command printed so far comes before what ended it.
    context.out().flush();
    context.err().println(prefix(args) + FailureLine.of(failure));
    if (context.environment().containsKey(DEBUG_VARIABLE)
        || Arrays.asList(args).contains("--debug")) {
      failure.printStackTrace(context.err());
    }
    return status;
  }

  private static String prefix(String... args) {
    return args.length > 0 && CommandTable.find(args[0]).isPresent()
        ? "noctule " + args[0] + ": "
        : "noctule: ";
  }
}
