package io.noctule.app.broker;

import io.noctule.access.Access;
import io.noctule.app.command.CommandContext;
import io.noctule.broker.Broker;
import io.noctule.console.ConsoleService;
import io.noctule.history.HistoryService;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A broker and what runs beside it in this process: users and rules, history, console. They are
 * started and ended together; history and console talk to the broker by MQTT as anybody does.
 */
public final class RunningBroker implements AutoCloseable {
  private final GuardedBroker guarded;
  private final String admission;
  private @Nullable HistoryService history;
  private @Nullable ConsoleService console;

  private RunningBroker(GuardedBroker guarded, String admission) {
    this.guarded = guarded;
    this.admission = admission;
  }

  /**
   * Starts all of it.
   *
   * @param mqttPort of MQTT over TCP; 0 for any free one
   * @param folder where data is kept
   * @throws io.noctule.app.command.CommandFailure where an option has no sense (status 2), or a
   *     port or file cannot be opened (1)
   */
  public static RunningBroker start(
      CommandContext context,
      BrokerOptions options,
      ServiceOptions services,
      int mqttPort,
      Path folder) {
    GuardedBroker guarded = options.start(folder, mqttPort);
    var running = new RunningBroker(guarded, options.admission(guarded));
    try {
      running.history =
          services.startHistory(
              context,
              folder,
              options.localHost(),
              running.broker().mqttPort(),
              running.access().ownLogin());
      running.console =
          services.startConsole(
              options.localHost(), running.broker().mqttPort(), running.access(), running.history);
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  /** Who may connect, in one sentence. */
  public String admission() {
    return admission;
  }

  /** The broker. */
  public Broker broker() {
    return guarded.broker();
  }

  /** Users and rules. */
  public Access access() {
    return guarded.access();
  }

  /** The history; empty where there is none. */
  public Optional<HistoryService> history() {
    return Optional.ofNullable(history);
  }

  /** The web console; empty where there is none. */
  public Optional<ConsoleService> console() {
    return Optional.ofNullable(console);
  }

  /** Ends what talks to the broker first; each also where another one fails to end. */
  @Override
  public void close() {
    try {
      if (console != null) {
        console.close();
      }
    } finally {
      try {
        if (history != null) {
          history.close();
        }
      } finally {
        guarded.close();
      }
    }
  }
}
