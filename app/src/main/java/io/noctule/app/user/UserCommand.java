package io.noctule.app.user;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.CommandGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noctule user}: the users of a broker's data folder. */
@Command(
    description = {
      "Adds and changes the users of a broker, in the file users of its data folder. A broker that"
          + " runs takes a change within two seconds: who was removed or has another password is"
          + " disconnected.",
      ""
    },
    sortOptions = false)
public final class UserCommand implements Callable<Integer>, CommandGroup {
  private final Map<String, Callable<Integer>> subcommands = new LinkedHashMap<>();

  /** A command that picocli fills. */
  public UserCommand(CommandContext context) {
    subcommands.put("add", new UserAddCommand(context));
    subcommands.put("passwd", new UserPasswordCommand(context));
    subcommands.put("remove", new UserRemoveCommand(context));
    subcommands.put("disable", new UserSwitchCommand(context, false));
    subcommands.put("enable", new UserSwitchCommand(context, true));
    subcommands.put("list", new UserListCommand(context));
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
