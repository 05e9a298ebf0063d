package io.noctule.app.console;

import io.noctule.access.Access;
import io.noctule.access.file.FileFault;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.app.remote.RemoteBroker;
import io.noctule.console.ConsoleService;
import io.noctule.console.mqtt.Account;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.device.BrokerAddress;
import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.query.History;
import io.noctule.history.record.RecordingStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule console}: the console alone, beside any broker, until it is told to end. Prints
 * one line when the page can be opened, so that a script can wait for it.
 */
@Command(
    description = {
      "Serves the web console beside any MQTT broker. Its people are the users of the data folder;"
          + " since another broker does not know them, only administrators see live messages and"
          + " change devices. When the page can be opened it prints one line on standard output:"
          + " ready console=URL broker=HOST:PORT",
      ""
    },
    sortOptions = false)
public final class ConsoleCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final CommandContext context;

  @Mixin private RemoteBroker broker = new RemoteBroker();

  @Mixin private ConsoleOptions options = new ConsoleOptions();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "a history to show, which noctule history records:"
              + " postgresql://USER@HOST:PORT/NAME or sqlite:FILE (none)")
  private @Nullable String database;

  @ArgGroup private DataFolder data = new DataFolder();

  @Option(names = "--json", description = "print the ready line as a JSON object")
  private boolean json;

  /** A command that picocli fills. */
  public ConsoleCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    BrokerEndpoint endpoint = endpoint();
    BrokerCredentials credentials =
        BrokerCredentials.shared(new Account(broker.user(), broker.password(context)));
    DatabaseAddress address = database == null ? null : address(database);
    try (Access access = access();
        Database shown = address == null ? null : new Database(address, HistoryLimits.DEFAULT);
        ConsoleService console =
            options.start(
                endpoint,
                credentials,
                new KnownPeople(access),
                shown == null ? null : history(shown))) {
      options.introduce(console, context.err());
      context.out().println(ready(console, endpoint));
      context.out().flush();
      boolean asked = false;
      while (!asked) {
        asked = context.termination().await(FOR_EVER);
      }
    }
    return 0;
  }

  private static History history(Database shown) {
    RecordingStatus elsewhere = RecordingStatus.stopped(Instant.now());
    return new History(shown, () -> elsewhere);
  }

  private String ready(ConsoleService console, BrokerEndpoint endpoint) {
    return json
        ? "{\"ready\":{\"console\":\"%s\",\"broker\":\"%s\"}}"
            .formatted(console.address(), endpoint)
        : "ready console=%s broker=%s".formatted(console.address(), endpoint);
  }

  private BrokerEndpoint endpoint() {
    BrokerAddress address = broker.address();
    return new BrokerEndpoint(address.host(), address.port(), broker.tls(context));
  }

  private DatabaseAddress address(String named) {
    try {
      return DatabaseAddress.parse(named, context.environment());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--database: " + e.getMessage(), CommandFailure.USAGE, e);
    }
  }

  private Access access() {
    try {
      return Access.open(data.create());
    } catch (IOException | FileFault e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }
}
