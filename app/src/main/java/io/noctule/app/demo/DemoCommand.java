package io.noctule.app.demo;

import io.noctule.app.broker.BrokerOptions;
import io.noctule.app.broker.RunningBroker;
import io.noctule.app.broker.ServiceOptions;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.logging.ConsoleLogging;
import io.noctule.broker.Broker;
import io.noctule.console.ConsoleService;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule demo}: all of Noctule in this process, each message shown as it arrives. Exit
 * status 0 only where messages were received.
 */
@Command(
    description = {
      "Runs a broker with history and console, and devices, and shows each message as it arrives,"
          + " with topic, QoS and latency. Where the usual ports are taken it takes free ones. All"
          + " data goes with the demo, unless --data names a folder.",
      ""
    },
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final CommandContext context;
  private final Clock clock = Clock.system(ZoneId.systemDefault());

  @Mixin private BrokerOptions options = new BrokerOptions();

  @Mixin private ServiceOptions services = new ServiceOptions();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "end after so many seconds (at Ctrl-C)")
  private @Nullable Double seconds;

  /** A command that picocli fills. */
  public DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (seconds != null && !(seconds > 0)) {
      throw CommandFailure.usage("--seconds must be more than 0, not " + seconds);
    }
    // That devices come and go is no news here, and would stand between the messages.
    ConsoleLogging.warningsOnly();
    Duration limit = seconds == null ? FOR_EVER : Duration.ofNanos(Math.round(seconds * 1e9));
    var board = new MessageBoard(context, clock);
    long startNanos;
    try (DemoFolder folder = DemoFolder.of(services);
        RunningBroker running = startBroker(folder.path())) {
      Broker broker = running.broker();
      introduce(running);
      startNanos = System.nanoTime();
      try (var devices = new DemoDevices(options.localHost(), broker.mqttPort(), clock, board)) {
        devices.start(folder.path());
        context.termination().await(limit);
        devices.finish();
      } catch (CompletionException e) {
        throw new CommandFailure(
            "the devices get no connection to the broker", CommandFailure.FAILED, e);
      }
      context.out().println();
      context.out().println(board.summary((System.nanoTime() - startNanos) / 1e9));
      context.out().flush();
    }
    return board.received() > 0 ? 0 : CommandFailure.FAILED;
  }

  private RunningBroker startBroker(Path folder) {
    try {
      return RunningBroker.start(context, options, services, options.port(), folder);
    } catch (CommandFailure e) {
      if (options.choosesPort() || !ServiceOptions.portTaken(e)) {
        throw e;
      }
      RunningBroker running = RunningBroker.start(context, options, services, 0, folder);
      context
          .out()
          .printf(
              "Port %d is in use by another program; the broker takes %d.%n%n",
              options.port(), running.broker().mqttPort());
      return running;
    }
  }

  private void introduce(RunningBroker running) {
    Broker broker = running.broker();
    PrintStream out = context.out();
    List<String> addresses = MachineAddresses.reachable();
    String address = addresses.isEmpty() ? options.localHost() : addresses.getFirst();
    int port = broker.mqttPort();
    String portOption = port == 1883 ? "" : " -p " + port;
    out.println(bold("A broker, devices, history and console in one process. Ctrl-C ends them."));
    out.println();
    running.console().ifPresent(console -> introduce(console, out));
    out.printf("  broker        %s%n", String.join(", ", listening(addresses, port)));
    broker
        .webSocketPort()
        .ifPresent(ws -> out.printf("  WebSocket     ws://%s:%d/mqtt%n", address, ws));
    for (DemoDevices.Kind kind : DemoDevices.DESCRIBED) {
      out.printf("  %-12s  %s%n", kind.id(), kind.words());
    }
    out.printf(
        "  greeter       says Hello on the topic %s every %d s%n",
        DemoDevices.HELLO_TOPIC, DemoDevices.HELLO_INTERVAL.toSeconds());
    out.println();
    out.println(bold("Join from another terminal:"));
    out.printf("  ./noctule sub%s -t '#' -v%n", portOption);
    out.printf("  ./noctule pub%s -t test -m ON%n", portOption);
    out.printf(
        "  ./noctule pub%s -t config_change/greenhouse -m '{\"frequency\":1}'%n", portOption);
    out.println();
    out.println(bold("Join from another device:"));
    if (options.open()) {
      out.printf("  ./noctule sub -h %s%s -t '#' -v%n", address, portOption);
      out.printf("  mosquitto_pub -h %s%s -t test -m 'Hello from afar'%n", address, portOption);
    } else {
      out.println("  only clients on this machine are admitted; ./noctule demo --open admits all,");
      out.printf("  and then: ./noctule sub -h %s%s -t '#' -v%n", address, portOption);
    }
    out.println();
    out.flush();
  }

  private void introduce(ConsoleService console, PrintStream out) {
    console
        .setupLink()
        .ifPresentOrElse(
            link -> {
              out.println(bold("Open this page to see them; it asks for a name and a password:"));
              out.printf("  %s%n%n", link);
            },
            () -> {
              out.println(bold("Open this page to see them:"));
              out.printf("  %s%n%n", console.address());
            });
  }

  private List<String> listening(List<String> addresses, int port) {
    return Stream.concat(Stream.of(options.localHost()), addresses.stream())
        .distinct()
        .limit(3)
        .map(each -> each + ":" + port)
        .toList();
  }

  private String bold(String text) {
    return context.colored() ? "\033[1m" + text + "\033[0m" : text;
  }
}
