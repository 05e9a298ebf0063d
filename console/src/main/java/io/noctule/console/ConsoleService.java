package io.noctule.console;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.noctule.console.broker.BrokerTopics;
import io.noctule.console.device.DeviceDirectory;
import io.noctule.console.http.ErrorAnswers;
import io.noctule.console.http.JsonBody;
import io.noctule.console.mqtt.BrokerFeed;
import io.noctule.console.session.People;
import io.noctule.console.session.Sessions;
import io.noctule.console.session.SetupToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A running console: what a program starts and closes. Any thread.
 *
 * <p>Threads: the server's, one virtual thread a connection; one of the feed from the broker; one
 * that ends sessions whose time is over.
 */
public final class ConsoleService implements AutoCloseable {
  /** Helidon's, held here since the JDK forgets the level of a logger that nobody holds. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private static final int MOST_CONNECTIONS = 512;
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
  private static final long SWEEP_SECONDS = 30;

  private final People people;
  private final SetupToken setup;
  private final Sessions sessions;
  private final BrokerFeed feed;
  private final WebServer server;
  private final ScheduledExecutorService sweeper;
  private final String host;
  private final String scheme;
  private final boolean loopback;

  private ConsoleService(ConsoleConfig config, InetAddress address, int port) {
    people = config.people();
    host = address.isAnyLocalAddress() ? ConsoleConfig.LOOPBACK : config.host();
    scheme = config.tls() == null ? "http" : "https";
    loopback = address.isLoopbackAddress();
    setup = new SetupToken();
    sessions = new Sessions(System::nanoTime);
    var directory = new DeviceDirectory(InstantSource.system());
    var topics = new BrokerTopics();
    feed =
        BrokerFeed.start(
            config.broker(),
            config.credentials(),
            feedFilters(),
            (topic, payload, retained) ->
                (topic.startsWith(BrokerTopics.PREFIX) ? topics : directory)
                    .received(topic, payload, retained));
    var routes =
        new ConsoleRoutes(
            config, loopback, port, setup, sessions, directory, topics, feed::problem);
    server = server(config, address, port, routes);
    sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("noctule-console-sweep").factory());
    var _ =
        sweeper.scheduleWithFixedDelay(
            sessions::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts a console. The broker is sought from then on, again and again where it is away.
   *
   * @throws IOException where the port cannot be opened
   */
  public static ConsoleService start(ConsoleConfig config) throws IOException {
    HELIDON.setLevel(Level.WARNING);
    InetAddress address = InetAddress.getByName(config.host());
    var service = new ConsoleService(config, address, freePort(config, address));
    try {
      service.server.start();
    } catch (RuntimeException e) {
      service.close();
      throw new IOException(
          "the console cannot listen on %s:%d: %s"
              .formatted(config.host(), config.port(), deepest(e).getMessage()),
          e);
    }
    return service;
  }

  /**
   * The port must be known before the server has it: it is part of the cookie's name. Where any
   * will do, one is taken that was free a moment ago.
   */
  private static int freePort(ConsoleConfig config, InetAddress address) throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, config.port()));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "the console cannot listen on %s:%d: %s; --http names another port, --no-console goes"
                  .formatted(config.host(), config.port(), e.getMessage())
              + " without",
          e);
    }
  }

  private static Throwable deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static WebServer server(
      ConsoleConfig config, InetAddress address, int port, ConsoleRoutes routes) {
    WebServerConfig.Builder builder =
        WebServer.builder()
            .address(address)
            .port(port)
            .shutdownHook(false)
            .maxTcpConnections(MOST_CONNECTIONS)
            .maxPayloadSize(JsonBody.MOST_BYTES)
            .idleConnectionTimeout(IDLE_LIMIT)
            .idleConnectionPeriod(IDLE_LIMIT.dividedBy(2))
            .directHandlers(ErrorAnswers.beforeRouting())
            .addRouting(routes.http())
            .addRouting(routes.webSocket());
    if (config.tls() != null) {
      builder.tls(Tls.builder().sslContext(config.tls()).build());
    }
    return builder.build();
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Whether nobody but this machine reaches it. */
  public boolean listensOnLoopback() {
    return loopback;
  }

  /** The page's address. */
  public URI address() {
    return URI.create(
        "%s://%s:%d/".formatted(scheme, host.indexOf(':') < 0 ? host : "[" + host + "]", port()));
  }

  /**
   * The link by which the first login is made, for the terminal; empty once there is an
   * administrator. Whoever has it becomes one.
   */
  public Optional<URI> setupLink() {
    return people.hasAdministrator()
        ? Optional.empty()
        : Optional.of(address().resolve("#/setup?token=" + setup.secret()));
  }

  /** Ends all sessions, and with them the connections of pages, and stops. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    sessions.endAll();
    server.stop();
    feed.close();
  }

  /** Its parts, for the log. */
  @Override
  public String toString() {
    return "console at " + address();
  }

  private static List<String> feedFilters() {
    var filters = new ArrayList<>(DeviceDirectory.FILTERS);
    filters.add(BrokerTopics.FILTER);
    return filters;
  }
}
