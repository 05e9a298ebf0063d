package io.noctule.console;

import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.console.session.People;
import io.noctule.history.query.History;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a console runs.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param allowedHosts further names that requests may have as their host where the console listens
 *     on loopback, such as that of a proxy
 * @param tls null to speak plain HTTP
 * @param broker where the broker listens
 * @param credentials as whom the console connects to it
 * @param people who may log in
 * @param history null where nothing is recorded
 * @param answerLimit how long a change of a configuration waits for the device's answer
 */
public record ConsoleConfig(
    String host,
    int port,
    Set<String> allowedHosts,
    @Nullable SSLContext tls,
    BrokerEndpoint broker,
    BrokerCredentials credentials,
    People people,
    @Nullable History history,
    Duration answerLimit) {
  /** The usual address. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The usual port. */
  public static final int PORT = 8080;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final int MAX_PORT = 65_535;

  /** Checks the port, copies the names. */
  public ConsoleConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "the console's port must be 0 to 65535, was %d".formatted(port));
    }
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** The usual: on loopback at {@value #PORT}, without history. */
  public static ConsoleConfig of(
      BrokerEndpoint broker, BrokerCredentials credentials, People people) {
    return new ConsoleConfig(
        LOOPBACK, PORT, Set.of(), null, broker, credentials, people, null, ANSWER_LIMIT);
  }

  /** The same at another address. */
  public ConsoleConfig listeningOn(String otherHost, int otherPort) {
    return new ConsoleConfig(
        otherHost, otherPort, allowedHosts, tls, broker, credentials, people, history, answerLimit);
  }

  /** The same with further names of itself. */
  public ConsoleConfig withAllowedHosts(Set<String> names) {
    return new ConsoleConfig(
        host, port, names, tls, broker, credentials, people, history, answerLimit);
  }

  /** The same over HTTPS. */
  public ConsoleConfig withTls(SSLContext context) {
    return new ConsoleConfig(
        host, port, allowedHosts, context, broker, credentials, people, history, answerLimit);
  }

  /** The same with a history. */
  public ConsoleConfig withHistory(@Nullable History recorded) {
    return new ConsoleConfig(
        host, port, allowedHosts, tls, broker, credentials, people, recorded, answerLimit);
  }

  /** The same with another time to wait for devices. */
  public ConsoleConfig withAnswerLimit(Duration limit) {
    return new ConsoleConfig(
        host, port, allowedHosts, tls, broker, credentials, people, history, limit);
  }
}
