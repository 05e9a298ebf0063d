package io.noctule.app.user;

import io.noctule.access.user.UserFile;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code noctule user disable} and {@code enable}. */
@Command(
    description = {
      "Keeps a user out, or lets it in again. Clients of a disabled user are disconnected, their"
          + " sessions and the password are kept.",
      ""
    },
    sortOptions = false)
final class UserSwitchCommand implements Callable<Integer> {
  private final CommandContext context;
  private final boolean enable;

  @Parameters(paramLabel = "NAME", description = "user name")
  private String name = "";

  @ArgGroup private DataFolder data = new DataFolder();

  UserSwitchCommand(CommandContext context, boolean enable) {
    this.context = context;
    this.enable = enable;
  }

  @Override
  public Integer call() {
    UserFile file = new UserFile(data.path());
    if (UserWork.done(file::read).find(name) == null) {
      throw CommandFailure.failed("there is no user %s in %s".formatted(name, file.path()));
    }
    UserWork.done(
        () -> {
          file.change(name, user -> user.enabled(enable));
          return name;
        });
    context.out().printf("user %s %s%n", name, enable ? "enabled" : "disabled");
    return 0;
  }
}
