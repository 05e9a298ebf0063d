package io.noctule.app.access;

import io.noctule.access.file.FileFault;
import io.noctule.access.rule.Action;
import io.noctule.access.rule.RuleFile;
import io.noctule.access.rule.RuleSet;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noctule access test}: whether a user may do something, and by which rule. */
@Command(
    description = {
      "Tells whether a user may publish to a topic or subscribe to a filter, and by which rule. The"
          + " status is 0 where it may and 1 where it may not.",
      ""
    },
    sortOptions = false)
final class AccessTestCommand implements Callable<Integer> {
  private static final String NOBODY = "-";

  private final CommandContext context;

  @Parameters(
      index = "0",
      paramLabel = "USER",
      description = "user name; - for a client on this machine without one")
  private String user = "";

  @Parameters(index = "1", paramLabel = "publish|subscribe", description = "what it wants to do")
  private Action action = Action.PUBLISH;

  @Parameters(index = "2", paramLabel = "TOPIC", description = "topic, or filter to subscribe to")
  private String topic = "";

  @Option(names = "--client", paramLabel = "ID", description = "client identifier (the user name)")
  private @Nullable String client;

  @Option(
      names = "--certificate",
      description = "the client proves its name by a certificate, and need not be among the users")
  private boolean certificate;

  @ArgGroup private DataFolder data = new DataFolder();

  AccessTestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Identity who = who();
      Decision decision =
          who == null
              ? Decision.denied("there is no such user, or it is disabled")
              : decide(new RuleFile(data.path()).read(), who);
      context
          .out()
          .printf(
              "%s: %s %s %s %s%n  %s%n",
              decision.isAllowed() ? "allowed" : "denied",
              user.equals(NOBODY) ? "a client on this machine" : user,
              decision.isAllowed() ? "may" : "may not",
              action.name().toLowerCase(Locale.ROOT) + " to",
              topic,
              decision.rule());
      return decision.isAllowed() ? 0 : CommandFailure.FAILED;
    } catch (FileFault e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  private @Nullable Identity who() throws IOException, FileFault {
    String clientId = client == null ? user : client;
    if (user.equals(NOBODY)) {
      return new Identity(clientId, null, Set.of(User.LOCAL), "");
    }
    User found = new UserFile(data.path()).read().find(user);
    if (found == null && certificate) {
      return new Identity(clientId, user, Set.of(User.DEVICE), "");
    }
    return found == null || !found.isEnabled()
        ? null
        : new Identity(clientId, user, found.groups(), "");
  }

  private Decision decide(RuleSet rules, Identity who) {
    try {
      return switch (action) {
        case PUBLISH -> rules.mayPublish(who, TopicName.of(topic));
        case SUBSCRIBE -> rules.maySubscribe(who, TopicFilter.of(topic));
      };
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.USAGE, e);
    }
  }
}
