package io.noctule.app.access;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.CommandGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noctule access}: the rules of a broker's data folder. */
@Command(
    description = {
      "Shows the rules on who may publish and subscribe to what, and tells what follows from them."
          + " They are the file rules.yaml in the broker's data folder; where there is none,"
          + " built-in rules are in force.",
      ""
    },
    sortOptions = false)
public final class AccessCommand implements Callable<Integer>, CommandGroup {
  private final Map<String, Callable<Integer>> subcommands = new LinkedHashMap<>();

  /** A command that picocli fills. */
  public AccessCommand(CommandContext context) {
    subcommands.put("show", new AccessShowCommand(context));
    subcommands.put("test", new AccessTestCommand(context));
  }

  @Override
  public Map<String, Callable<Integer>> subcommands() {
    return subcommands;
  }

  @Override
  public Integer call() {
    throw CommandFailure.usage(
        "name what to do: " + String.join(", ", subcommands.keySet()) + " (--help tells more)");
  }
}
