package io.noctule.app.tls;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.CommandGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noctule cert}: the certificates of a broker that has an authority of its own. */
@Command(
    description = {
      "Shows the certificates that a broker has made for itself at its first start with --tls-port,"
          + " and makes certificates for devices.",
      ""
    },
    sortOptions = false)
public final class CertCommand implements Callable<Integer>, CommandGroup {
  private final Map<String, Callable<Integer>> subcommands = new LinkedHashMap<>();

  /** A command that picocli fills. */
  public CertCommand(CommandContext context) {
    subcommands.put("show", new CertShowCommand(context));
    subcommands.put("client", new CertClientCommand(context));
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
