package io.noctule.app.broker;

import io.noctule.access.Access;
import io.noctule.access.login.OwnLogin;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.app.console.ConsoleOptions;
import io.noctule.app.console.KnownPeople;
import io.noctule.app.console.OwnBrokerCredentials;
import io.noctule.app.history.HistoryOptions;
import io.noctule.console.ConsoleService;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.history.HistoryService;
import io.noctule.history.query.History;
import io.noctule.history.record.RecorderSettings;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What runs beside a broker in the same process, and where it keeps its data; filled by picocli.
 */
public final class ServiceOptions {
  @ArgGroup private DataFolder data = new DataFolder();

  @Option(names = "--no-history", description = "do not keep readings in a database")
  private boolean noHistory;

  @Mixin private HistoryOptions history = new HistoryOptions();

  @Option(names = "--no-console", description = "serve no web console")
  private boolean noConsole;

  @Mixin private ConsoleOptions console = new ConsoleOptions();

  /** Nothing asked for: all of it, in the usual folder. */
  public ServiceOptions() {}

  /** Whether {@code --data} names a folder. */
  public boolean choosesFolder() {
    return data.isChosen();
  }

  /** The folder of all data, made where it does not exist. */
  public Path folder() {
    return data.create();
  }

  /** Starts to record; null where that is not wanted. */
  @Nullable HistoryService startHistory(
      CommandContext context, Path folder, String host, int port, OwnLogin login) {
    if (noHistory) {
      if (history.choosesDatabase()) {
        throw CommandFailure.usage("--no-history and --database exclude each other");
      }
      return null;
    }
    var settings =
        new RecorderSettings(
            host, port, null, login.userName(), login.password(), RecorderSettings.ALL_READINGS);
    return history.start(context, settings, folder);
  }

  /**
   * Starts the console; null where that is not wanted. Where its usual port is taken by another
   * program it takes any free one: a broker is not to fail for that.
   */
  @Nullable ConsoleService startConsole(
      String host, int port, Access access, @Nullable HistoryService recorded) {
    if (noConsole) {
      if (console.choosesPort()) {
        throw CommandFailure.usage("--no-console and --http exclude each other");
      }
      return null;
    }
    var broker = BrokerEndpoint.plain(host, port);
    var credentials = new OwnBrokerCredentials(access);
    var people = new KnownPeople(access);
    History history = recorded == null ? null : recorded.history();
    try {
      return console.start(broker, credentials, people, history);
    } catch (CommandFailure e) {
      if (console.choosesPort() || e.exitStatus() != CommandFailure.FAILED || !portTaken(e)) {
        throw e;
      }
      return console.start(broker, credentials, people, history, 0);
    }
  }

  /** Whether a failure to start came of a port that another program has. */
  public static boolean portTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || String.valueOf(cause.getMessage()).contains("in use")) {
        return true;
      }
    }
    return false;
  }

  /** Tells where the page is, and how to log in first. */
  public void introduce(ConsoleService service, PrintStream out) {
    console.introduce(service, out);
  }
}
