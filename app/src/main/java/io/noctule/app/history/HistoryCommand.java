package io.noctule.app.history;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.CommandGroup;
import io.noctule.app.command.DataFolder;
import io.noctule.app.remote.RemoteBroker;
import io.noctule.device.BrokerAddress;
import io.noctule.history.HistoryService;
import io.noctule.history.record.RecorderSettings;
import io.noctule.history.record.RecordingStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule history}: records the readings of any broker into a database until it is told to
 * end. Prints one line when it records, so that a script can wait for it.
 */
@Command(
    description = {
      "Records what devices publish on sensor_data into a database: beside any MQTT broker, which"
          + " keeps the messages while this program or the database is away. When it records it"
          + " prints one line on standard output: ready history=DATABASE broker=HOST:PORT",
      "",
      "noctule history export writes what was recorded as CSV.",
      ""
    },
    sortOptions = false)
public final class HistoryCommand implements Callable<Integer>, CommandGroup {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final CommandContext context;

  @Mixin private RemoteBroker broker = new RemoteBroker();

  @Option(
      names = "--topic",
      paramLabel = "FILTER",
      description = "what is recorded; repeatable (sensor_data/#, sensor_data included)")
  private List<String> topics = new ArrayList<>();

  @Mixin private HistoryOptions options = new HistoryOptions();

  @ArgGroup private DataFolder data = new DataFolder();

  @Option(names = "--json", description = "print the ready line as a JSON object")
  private boolean json;

  /** A command that picocli fills. */
  public HistoryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Map<String, Callable<Integer>> subcommands() {
    return Map.of("export", new ExportCommand(context));
  }

  @Override
  public Integer call() throws InterruptedException {
    RecorderSettings settings = settings();
    try (HistoryService service = options.start(context, settings, data.create())) {
      boolean asked = false;
      boolean ready = false;
      while (!asked) {
        asked = context.termination().await(ready ? FOR_EVER : LOOK);
        if (!ready && service.status().state() == RecordingStatus.State.RECORDING) {
          ready = true;
          printReady(service, settings);
        }
      }
    }
    return 0;
  }

  private void printReady(HistoryService service, RecorderSettings settings) {
    String database = service.database().toString();
    context
        .out()
        .println(
            json
                ? "{\"ready\":{\"history\":\"%s\",\"broker\":\"%s\"}}"
                    .formatted(
                        database.replace("\\", "\\\\").replace("\"", "\\\""), settings.address())
                : "ready history=%s broker=%s".formatted(database, settings.address()));
    context.out().flush();
  }

  private RecorderSettings settings() {
    BrokerAddress address = broker.address();
    try {
      return new RecorderSettings(
          address.host(),
          address.port(),
          broker.tls(context),
          broker.user(),
          broker.password(context),
          topics.isEmpty() ? RecorderSettings.ALL_READINGS : topics);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.USAGE, e);
    }
  }
}
