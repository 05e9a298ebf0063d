package io.noctule.app.access;

import io.noctule.access.file.FileFault;
import io.noctule.access.rule.RuleFile;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code noctule access show}: the rules in force, as YAML. */
@Command(
    description = {
      "Prints the rules in force as YAML: the file rules.yaml, or the built-in rules, to be saved"
          + " under that name and edited. The status is 1 where the file is wrong.",
      ""
    },
    sortOptions = false)
final class AccessShowCommand implements Callable<Integer> {
  private final CommandContext context;

  @ArgGroup private DataFolder data = new DataFolder();

  AccessShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    RuleFile file = new RuleFile(data.path());
    context.out().print(file.show());
    context.out().flush();
    try {
      var _ = file.read();
      return 0;
    } catch (FileFault e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }
}
