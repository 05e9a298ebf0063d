package io.noctule.app;

import io.noctule.app.access.AccessCommand;
import io.noctule.app.bench.BenchCommand;
import io.noctule.app.broker.BrokerCommand;
import io.noctule.app.client.PubCommand;
import io.noctule.app.client.SubCommand;
import io.noctule.app.command.CommandContext;
import io.noctule.app.console.ConsoleCommand;
import io.noctule.app.demo.DemoCommand;
import io.noctule.app.device.RemoteDeviceCommand;
import io.noctule.app.history.HistoryCommand;
import io.noctule.app.node.NodeCommand;
import io.noctule.app.tls.CertCommand;
import io.noctule.app.user.UserCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The commands by name. A command object, and with it what it needs, is made only for the command
 * that is called.
 */
final class CommandTable {
  /** In the order of the overview. */
  static final List<Entry> COMMANDS =
      List.of(
          new Entry(
              "demo", "runs a broker and two devices, shows messages travel", DemoCommand::new),
          new Entry("broker", "runs an MQTT broker", BrokerCommand::new),
          new Entry(
              "device",
              "connects to a broker, publishes at intervals, shows what comes",
              RemoteDeviceCommand::new),
          new Entry("node", "runs a broker and a device in one process", NodeCommand::new),
          new Entry(
              "history", "records readings into a database, exports them", HistoryCommand::new),
          new Entry("console", "serves the web console beside any broker", ConsoleCommand::new),
          new Entry(
              "cert", "shows the broker's certificates, makes those of devices", CertCommand::new),
          new Entry("user", "adds users, changes their passwords", UserCommand::new),
          new Entry("access", "shows the rules, tells what a user may do", AccessCommand::new),
          new Entry("pub", "publishes messages, as mosquitto_pub does", PubCommand::new),
          new Entry(
              "sub", "subscribes and prints messages, as mosquitto_sub does", SubCommand::new),
          new Entry(
              "bench",
              "loads a broker, checks each message, tells rate and latency",
              BenchCommand::new));

  private CommandTable() {}

  /**
   * A command.
   *
   * @param name what is typed
   * @param summary what it does, for the overview
   * @param maker makes the object that picocli fills and that is then called
   */
  record Entry(String name, String summary, Function<CommandContext, Callable<Integer>> maker) {}

  static Optional<Entry> find(String name) {
    return COMMANDS.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return COMMANDS.stream().map(Entry::name).toList();
  }

  /** What {@code noctule help} prints. */
  static String overview() {
    var text = new StringBuilder("Noctule: an MQTT broker and device agent in one program.\n\n");
    text.append("usage: noctule COMMAND [OPTION]...\n\n");
    for (Entry entry : COMMANDS) {
      text.append("  %-8s %s%n".formatted(entry.name(), entry.summary()));
    }
    text.append("  %-8s %s%n".formatted("help", "tells a command's options: noctule help COMMAND"));
    text.append("  %-8s %s%n".formatted("version", "tells the version"));
    return text.toString();
  }
}
