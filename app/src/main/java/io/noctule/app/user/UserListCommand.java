package io.noctule.app.user;

import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.access.user.Users;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.DataFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code noctule user list}: one line a user. */
@Command(
    description = {"Lists the users: name, groups, and what is special, with tabs in between.", ""},
    sortOptions = false)
final class UserListCommand implements Callable<Integer> {
  private final CommandContext context;

  @ArgGroup private DataFolder data = new DataFolder();

  UserListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    UserFile file = new UserFile(data.path());
    Users users = UserWork.done(file::read);
    if (users.isEmpty()) {
      context
          .err()
          .printf("noctule user: no users in %s; noctule user add NAME makes one%n", file.path());
    }
    for (User user : users.all()) {
      context
          .out()
          .printf(
              "%s\t%s\t%s%s%n",
              user.name(),
              String.join(",", user.groups()),
              user.isEnabled() ? "" : "disabled ",
              user.password() == null ? "by certificate only" : "");
    }
    return 0;
  }
}
