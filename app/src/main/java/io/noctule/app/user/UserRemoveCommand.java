package io.noctule.app.user;

import io.noctule.access.user.UserFile;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code noctule user remove}. */
@Command(
    description = {"Removes a user. Its clients are disconnected and their sessions end.", ""},
    sortOptions = false)
final class UserRemoveCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "NAME", description = "user name")
  private String name = "";

  @ArgGroup private DataFolder data = new DataFolder();

  UserRemoveCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    UserFile file = new UserFile(data.path());
    if (UserWork.done(file::read).find(name) == null) {
      throw CommandFailure.failed("there is no user %s in %s".formatted(name, file.path()));
    }
    UserWork.done(
        () -> {
          file.remove(name);
          return name;
        });
    context.out().printf("user %s removed%n", name);
    return 0;
  }
}
