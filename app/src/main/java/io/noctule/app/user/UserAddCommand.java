package io.noctule.app.user;

import io.noctule.access.file.FileFault;
import io.noctule.access.rule.Action;
import io.noctule.access.rule.RuleFile;
import io.noctule.access.rule.RuleSet;
import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.broker.access.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noctule user add}: a new user, and what it may do. */
@Command(
    description = {
      "Adds a user and tells what it may do. A device has the topics that are named after it; a"
          + " person who looks after things is in the group admin (--group admin).",
      ""
    },
    sortOptions = false)
final class UserAddCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "NAME", description = "user name; of a device: its identifier")
  private String name = "";

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      split = ",",
      description = "group that the rules name; repeatable (device)")
  private List<String> groups = new ArrayList<>();

  @Mixin private PasswordSource password = new PasswordSource();

  @Option(
      names = "--no-password",
      description = "for a client that proves its name by a certificate only")
  private boolean noPassword;

  @ArgGroup private DataFolder data = new DataFolder();

  UserAddCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (noPassword && password.isFile()) {
      throw CommandFailure.usage("--no-password and --password-file do not go together");
    }
    List<String> all = groups.isEmpty() ? List.of(User.DEVICE) : groups;
    Path folder = data.create();
    UserFile file = new UserFile(folder);
    // Before a password is asked for in vain.
    User draft = UserWork.done(() -> User.of(name, all, null));
    if (UserWork.done(file::read).find(name) != null) {
      throw CommandFailure.failed(
          "user %s exists already; noctule user passwd %s changes its password"
              .formatted(name, name));
    }
    PasswordHash hash = noPassword ? null : password.read(context, name);
    User user = hash == null ? draft : draft.withPassword(hash);
    UserWork.done(
        () -> {
          file.add(user);
          return user;
        });
    context.out().printf("user %s added (%s)%n", user.name(), String.join(", ", user.groups()));
    tellRights(new RuleFile(folder), user);
    return 0;
  }

  private void tellRights(RuleFile file, User user) {
    RuleSet rules;
    try {
      rules = file.read();
    } catch (IOException | FileFault e) {
      context.err().println("noctule user: the rules cannot be read: " + e.getMessage());
      return;
    }
    var identity = new Identity(user.name(), user.name(), user.groups(), "");
    tell("publish to", rules.summary(identity, Action.PUBLISH));
    tell("subscribe to", rules.summary(identity, Action.SUBSCRIBE));
  }

  private void tell(String what, List<String> topics) {
    context
        .out()
        .printf("  may %-12s %s%n", what, topics.isEmpty() ? "nothing" : String.join(", ", topics));
  }
}
