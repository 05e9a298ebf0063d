package io.noctule.app.broker;

import io.noctule.app.command.CommandContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule broker}: runs a broker until it is told to end. Prints one line when it accepts
 * clients, so that a script can wait for it.
 */
@Command(
    description = {
      "Runs an MQTT broker (3.1, 3.1.1 and 5.0). When clients can connect it prints one line"
          + " on standard output: ready mqtt=HOST:PORT, followed by mqtts=,"
          + " ws= and wss= where there are such ports",
      ""
    },
    sortOptions = false)
public final class BrokerCommand implements Callable<Integer> {
  /** Until the request to end, whenever that is. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final CommandContext context;

  @Mixin private BrokerOptions options = new BrokerOptions();

  @Mixin private ServiceOptions services = new ServiceOptions();

  @Option(names = "--json", description = "print the ready line as a JSON object")
  private boolean json;

  /** A command that picocli fills. */
  public BrokerCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (RunningBroker running =
        RunningBroker.start(context, options, services, options.port(), services.folder())) {
      context.err().println("noctule broker: " + running.admission());
      running.console().ifPresent(console -> services.introduce(console, context.err()));
      context.out().println(options.ready(running, json));
      context.out().flush();
      boolean asked = false;
      while (!asked) {
        asked = context.termination().await(FOR_EVER);
      }
    }
    return 0;
  }
}
