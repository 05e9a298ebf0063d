package io.noctule.app.demo;

import io.noctule.app.broker.BrokerOptions;
import io.noctule.app.broker.GuardedBroker;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.app.logging.ConsoleLogging;
import io.noctule.broker.Broker;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule demo}: a broker and two devices in this process, each message shown as it arrives.
 * Exit status 0 only where messages were received.
 */
@Command(
    description = {
      "Runs a broker and two simulated devices, and shows each message as it arrives, with topic,"
          + " QoS and latency. Where the usual port is taken it takes a free one.",
      ""
    },
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final CommandContext context;
  private final Clock clock = Clock.system(ZoneId.systemDefault());

  @Mixin private BrokerOptions options = new BrokerOptions();

  @ArgGroup private DataFolder data = new DataFolder();

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
    try (GuardedBroker guarded = startBroker()) {
      Broker broker = guarded.broker();
      introduce(broker);
      startNanos = System.nanoTime();
      try (var devices = new DemoDevices(options.localHost(), broker.mqttPort(), clock, board)) {
        devices.start();
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

  private GuardedBroker startBroker() {
    // Without users and rules of its own, the demo does not depend on what this machine has.
    Path folder = dataFolder();
    try {
      return options.start(folder);
    } catch (CommandFailure e) {
      if (options.choosesPort() || !portTaken(e)) {
        throw e;
      }
      GuardedBroker guarded = options.start(folder, 0);
      context
          .out()
          .printf(
              "Port %d is in use by another program; the broker takes %d.%n%n",
              options.port(), guarded.broker().mqttPort());
      return guarded;
    }
  }

  private Path dataFolder() {
    if (data.isChosen()) {
      return data.path();
    }
    try {
      Path temporary = Files.createTempDirectory("noctule-demo");
      temporary.toFile().deleteOnExit();
      return temporary;
    } catch (IOException e) {
      throw new CommandFailure(
          "no temporary folder can be made: " + e.getMessage(), CommandFailure.FAILED, e);
    }
  }

  private static boolean portTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || String.valueOf(cause.getMessage()).contains("in use")) {
        return true;
      }
    }
    return false;
  }

  private void introduce(Broker broker) {
    PrintStream out = context.out();
    List<String> addresses = MachineAddresses.reachable();
    String address = addresses.isEmpty() ? options.localHost() : addresses.getFirst();
    int port = broker.mqttPort();
    String portOption = port == 1883 ? "" : " -p " + port;
    out.println(bold("An MQTT broker and two devices in one process. Ctrl-C ends them."));
    out.println();
    out.printf("  broker      %s%n", String.join(", ", listening(addresses, port)));
    broker
        .webSocketPort()
        .ifPresent(ws -> out.printf("  WebSocket   ws://%s:%d/mqtt%n", address, ws));
    out.printf(
        "  greeter     publishes on %s every %d s%n",
        DemoDevices.HELLO_TOPIC, DemoDevices.INTERVAL.toSeconds());
    out.printf(
        "  %-10s  publishes on %s every %d s%n",
        DemoDevices.SENSOR_NAME, DemoDevices.SENSOR_TOPIC, DemoDevices.INTERVAL.toSeconds());
    out.println();
    out.println(bold("Join from another terminal:"));
    out.printf("  ./noctule sub%s -t '#' -v%n", portOption);
    out.printf("  ./noctule pub%s -t test -m 'Hello from me'%n", portOption);
    out.printf("  mosquitto_sub%s -t '#' -v%n", portOption);
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
