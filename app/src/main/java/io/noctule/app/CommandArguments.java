package io.noctule.app;

import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.CommandGroup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Fills a command object from its arguments, by picocli; tells in one line what does not fit. */
final class CommandArguments {
  private CommandArguments() {}

  static CommandLine parser(Object command, String name) {
    var line = new CommandLine(command).setCommandName("noctule " + name);
    addCommon(line);
    if (command instanceof CommandGroup group) {
      group
          .subcommands()
          .forEach(
              (subcommandName, subcommand) -> {
                var subcommandLine = new CommandLine(subcommand);
                addCommon(subcommandLine);
                line.addSubcommand(subcommandName, subcommandLine);
              });
    }
    // Values are taken as they are: "@home" and "-5" are messages, not files and options.
    return line.setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setOverwrittenOptionsAllowed(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  /** What all commands have in common; {@link Main} acts on it. */
  private static void addCommon(CommandLine line) {
    addUnlessDeclared(line, "--debug", "show stack traces of failures", false);
    addUnlessDeclared(line, "--help", "show this text", true);
  }

  private static void addUnlessDeclared(
      CommandLine line, String name, String description, boolean help) {
    if (line.getCommandSpec().findOption(name) == null) {
      line.getCommandSpec()
          .addOption(OptionSpec.builder(name).description(description).usageHelp(help).build());
    }
  }

  /**
   * Fills the command.
   *
   * @return the command that is meant: this one, or one of its own
   * @throws CommandFailure with status 2 where the arguments do not fit
   */
  static CommandLine parse(CommandLine line, String... args) {
    try {
      ParseResult meant = line.parseArgs(args);
      while (meant.hasSubcommand()) {
        meant = meant.subcommand();
      }
      return meant.commandSpec().commandLine();
    } catch (UnmatchedArgumentException e) {
      String unknown = e.getUnmatched().getFirst();
      throw CommandFailure.usage(
          unknown.startsWith("-")
              ? unknownOption(e.getCommandLine(), unknown)
              : unknownArgument(e.getCommandLine(), unknown));
    } catch (MissingParameterException e) {
      throw CommandFailure.usage(
          e.getMissing().isEmpty() ? sentence(e) : missing(e.getMissing().getFirst()));
    } catch (ParameterException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw CommandFailure.usage(sentence(e));
    }
  }

  private static String unknownArgument(CommandLine line, String unknown) {
    if (line.getSubcommands().isEmpty()) {
      return "what is %s for? The command takes no such argument".formatted(unknown);
    }
    return "unknown command %s; ".formatted(unknown)
        + Nearest.to(unknown, line.getSubcommands().keySet())
            .map("did you mean %s?"::formatted)
            .orElseGet(
                () -> "the commands are " + String.join(", ", line.getSubcommands().keySet()));
  }

  private static String unknownOption(CommandLine line, String unknown) {
    int equals = unknown.indexOf('=');
    String name = equals < 0 ? unknown : unknown.substring(0, equals);
    List<String> known =
        line.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .flatMap(option -> List.of(option.names()).stream())
            .toList();
    Optional<String> nearest = Nearest.to(name, known);
    return "unknown option %s; ".formatted(name)
        + nearest
            .map("did you mean %s?"::formatted)
            .orElseGet(
                () ->
                    "%s --help lists the options".formatted(line.getCommandSpec().qualifiedName()));
  }

  private static String missing(ArgSpec argument) {
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    return argument.arity().min() > 0 && argument.isOption()
        ? "%s needs a value (%s)".formatted(name, argument.paramLabel())
        : "%s is missing".formatted(name);
  }

  private static String sentence(ParameterException failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty()
        ? "the arguments do not fit"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
