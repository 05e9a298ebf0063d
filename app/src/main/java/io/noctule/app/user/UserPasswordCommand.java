package io.noctule.app.user;

import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.UserFile;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noctule user passwd}: another password. */
@Command(
    description = {
      "Changes a user's password. Clients that came in with the old one are disconnected.",
      ""
    },
    sortOptions = false)
final class UserPasswordCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "NAME", description = "user name")
  private String name = "";

  @Mixin private PasswordSource password = new PasswordSource();

  @ArgGroup private DataFolder data = new DataFolder();

  UserPasswordCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    UserFile file = new UserFile(data.path());
    if (UserWork.done(file::read).find(name) == null) {
      throw CommandFailure.failed("there is no user %s in %s".formatted(name, file.path()));
    }
    PasswordHash hash = password.read(context, name);
    UserWork.done(
        () -> {
          file.change(name, user -> user.withPassword(hash));
          return name;
        });
    context.out().printf("password of user %s changed%n", name);
    return 0;
  }
}
