package io.noctule.app.broker;

import io.noctule.access.file.FileFault;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.ProgramVersion;
import io.noctule.app.tls.BrokerTls;
import io.noctule.app.tls.ServerTlsOptions;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that starts a broker; filled by picocli. */
public final class BrokerOptions {
  private static final int LARGEST_PORT = 65_535;

  /** What a client on this machine connects to where the broker listens on all addresses. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final String ALL_ADDRESSES = "0.0.0.0";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "listen on this address only (all of this machine)")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port of MQTT over TCP; 0: any free one (1883)")
  private @Nullable Integer port;

  @Option(
      names = "--ws-port",
      paramLabel = "N",
      description = "port of MQTT over WebSocket; 0: any free one (no WebSocket)")
  private @Nullable Integer webSocketPort;

  @Mixin private ServerTlsOptions tls = new ServerTlsOptions();

  @Option(
      names = "--open",
      description = "admit everybody without a password, not only clients on this machine")
  private boolean open;

  /** Nothing asked for: port 1883 on all addresses, for clients on this machine. */
  public BrokerOptions() {}

  /** Whether a port of MQTT over TCP was asked for, so that no other will do. */
  public boolean choosesPort() {
    return port != null;
  }

  /** The port of MQTT over TCP that is tried first. */
  public int port() {
    return port == null ? BrokerConfig.MQTT_PORT : port;
  }

  /** Whether everybody is admitted. */
  public boolean open() {
    return open;
  }

  /**
   * Starts a broker.
   *
   * @param data folder of users and rules, which need not exist
   * @param mqttPort of MQTT over TCP, in place of the one asked for; 0 for any free one
   * @throws CommandFailure where an option has no sense (status 2), users or rules cannot be read
   *     or a port cannot be opened (1)
   */
  GuardedBroker start(Path data, int mqttPort) {
    requirePort("--port", port());
    BrokerConfig.Builder config =
        BrokerConfig.builder()
            .host(host)
            .port(mqttPort)
            .webSocketPort(webSocket())
            .version(ProgramVersion.text());
    BrokerTls shown = tls.configure(config, System.getenv(), data);
    boolean started = false;
    try {
      GuardedBroker broker = GuardedBroker.start(config, data, open, shown);
      started = true;
      return broker;
    } catch (IOException | FileFault e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    } finally {
      if (!started && shown != null) {
        shown.close();
      }
    }
  }

  private OptionalInt webSocket() {
    if (webSocketPort == null) {
      return OptionalInt.empty();
    }
    requirePort("--ws-port", webSocketPort);
    return OptionalInt.of(webSocketPort);
  }

  private static void requirePort(String option, int value) {
    if (value < 0 || value > LARGEST_PORT) {
      throw CommandFailure.usage("%s must be from 0 to 65535, not %d".formatted(option, value));
    }
  }

  /** The host that a client on this machine connects to. */
  public String localHost() {
    return host == null ? LOOPBACK : host;
  }

  /** The line that says that the broker accepts clients; for a program, or for a person too. */
  public String ready(RunningBroker running, boolean json) {
    Broker broker = running.broker();
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("mqtt", address(broker.mqttPort()));
    broker.tlsPort().ifPresent(number -> addresses.put("mqtts", address(number)));
    broker.webSocketPort().ifPresent(number -> addresses.put("ws", address(number)));
    broker.webSocketTlsPort().ifPresent(number -> addresses.put("wss", address(number)));
    running.console().ifPresent(console -> addresses.put("http", console.address().toString()));
    return json
        ? join(addresses, "\"%s\":\"%s\"", ",", "{\"ready\":{", "}}")
        : join(addresses, "%s=%s", " ", "ready ", "");
  }

  private static String join(
      Map<String, String> values, String format, String between, String before, String after) {
    return values.entrySet().stream()
        .map(entry -> format.formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(between, before, after));
  }

  private String address(int number) {
    String shown = host == null ? ALL_ADDRESSES : host;
    return (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + number;
  }

  /** Who may connect, in one sentence. */
  String admission(GuardedBroker broker) {
    if (open) {
      return "everybody who reaches this machine may connect without a password and do everything"
          + " (--open); users and rules are not asked";
    }
    boolean hasUsers = !broker.access().users().isEmpty();
    return switch (broker.access().anonymous()) {
      case NONE -> "every client needs a user name and password (anonymous: none in rules.yaml)";
      case LOCAL ->
          hasUsers
              ? "clients on this machine need no password, others need one"
              : "clients on this machine need no password, others are refused; noctule user add NAME"
                  + " makes a user";
      case ALL -> "no client needs a password; the rules say what they may do";
    };
  }
}
