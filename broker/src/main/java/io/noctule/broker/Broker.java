package io.noctule.broker;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.noctule.broker.connection.AccessReview;
import io.noctule.broker.connection.ConnectionServices;
import io.noctule.broker.connection.OpenConnections;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.LoopGroup;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.observe.EventLog;
import io.noctule.broker.retained.RetainedMessages;
import io.noctule.broker.routing.Router;
import io.noctule.broker.routing.Subscriber;
import io.noctule.broker.routing.Subscription;
import io.noctule.broker.session.QueueBudget;
import io.noctule.broker.session.SessionRegistry;
import io.noctule.broker.session.SessionServices;
import io.noctule.broker.sys.SysTopics;
import io.noctule.broker.topic.TopicTree;
import io.noctule.broker.transport.Listener;
import io.noctule.broker.transport.NativeTransport;
import io.noctule.protocol.packet.ReasonCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker in this process.
 *
 * <pre>{@code
 * try (Broker broker = Broker.start(BrokerConfig.builder().port(0).build())) {
 *   connectTo(broker.mqttPort());
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread but the broker's own loops.
 */
public final class Broker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final long RETAINED_SWEEP_SECONDS = 60;
  private static final long GOODBYE_SECONDS = 1;
  private static final long SHUTDOWN_SECONDS = 2;

  private final BrokerConfig config;
  private final EventLoopGroup accepting;
  private final EventLoopGroup serving;
  private final LoopGroup loops;
  private final List<ConnectionServices> services = new ArrayList<>();
  private final TopicTree<Subscriber, Subscription> tree = new TopicTree<>();
  private final RetainedMessages retained;
  private final SessionRegistry registry;
  private final EventLog events;
  private final List<Listener> listeners = new ArrayList<>();
  private final Listener.Environment environment;
  private final SysTopics sys;
  private final AtomicLong reviews = new AtomicLong();
  private @Nullable Listener mqtt;
  private @Nullable Listener webSocket;
  private @Nullable Listener tls;
  private @Nullable Listener webSocketTls;

  private Broker(BrokerConfig config) {
    this.config = config;
    NativeTransport transport = NativeTransport.best();
    accepting =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("noctule-accept", true), transport.ioHandler());
    serving =
        new MultiThreadIoEventLoopGroup(
            config.loops(), new DefaultThreadFactory("noctule-loop", true), transport.ioHandler());
    loops = new LoopGroup(serving, config.ticker());
    Limits limits = config.limits();
    retained = new RetainedMessages(limits.retainedMessages(), limits.retainedBytes());
    registry = new SessionRegistry(limits.sessions());
    events = new EventLog(config.ticker());
    QueueBudget budget = new QueueBudget(limits.totalQueuedBytes());
    List<FrameCache> frames = loops.all().stream().map(_ -> new FrameCache()).toList();
    for (BrokerLoop loop : loops.all()) {
      SessionServices sessions =
          new SessionServices(
              loop,
              new Router(loop, tree, owner -> frames.get(owner.index())),
              tree,
              retained,
              registry,
              budget,
              limits,
              events);
      services.add(
          new ConnectionServices(
              sessions,
              frames.get(loop.index()),
              config.authenticator(),
              config.authorizer(),
              events,
              new OpenConnections(),
              reviews));
    }
    ConnectionServices first = services.getFirst();
    sys =
        new SysTopics(
            config.version(),
            loops,
            first.sessions().router(),
            retained,
            new SysTopics.Totals() {
              @Override
              public int sessions() {
                return registry.size();
              }

              @Override
              public int subscriptions() {
                return tree.size();
              }
            });
    environment =
        new Listener.Environment(
            accepting,
            serving,
            loops,
            this::servicesOf,
            limits,
            events,
            transport,
            new AtomicInteger(),
            config.tls());
  }

  /**
   * Starts a broker; it accepts clients when this returns.
   *
   * @throws IOException naming address and port, where one cannot be opened
   */
  public static Broker start(BrokerConfig config) throws IOException {
    Broker broker = new Broker(config);
    try {
      broker.open();
      return broker;
    } catch (IOException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private void open() throws IOException {
    for (ConnectionServices each : services) {
      BrokerLoop loop = each.sessions().loop();
      loop.execute(() -> each.open().start(loop));
    }
    // Not on a serving loop: it looks at every retained message.
    var _ =
        accepting.scheduleWithFixedDelay(
            () -> retained.removeExpired(config.ticker().nanos()),
            RETAINED_SWEEP_SECONDS,
            RETAINED_SWEEP_SECONDS,
            TimeUnit.SECONDS);
    if (config.sysIntervalSeconds() > 0) {
      sys.start(config.sysIntervalSeconds());
    }
    mqtt = listen(Listener.Kind.TCP, config.port());
    if (config.webSocketPort().isPresent()) {
      webSocket = listen(Listener.Kind.WEB_SOCKET, config.webSocketPort().getAsInt());
    }
    if (config.tlsPort().isPresent()) {
      tls = listen(Listener.Kind.TLS, config.tlsPort().getAsInt());
    }
    if (config.webSocketTlsPort().isPresent()) {
      webSocketTls = listen(Listener.Kind.WEB_SOCKET_TLS, config.webSocketTlsPort().getAsInt());
    }
  }

  private Listener listen(Listener.Kind kind, int port) throws IOException {
    Listener listener = Listener.open(kind, config.host(), port, environment);
    listeners.add(listener);
    return listener;
  }

  private ConnectionServices servicesOf(BrokerLoop loop) {
    return services.get(loop.index());
  }

  /** The port of MQTT over TCP. */
  public int mqttPort() {
    if (mqtt == null) {
      throw new IllegalStateException("the broker is not started");
    }
    return mqtt.port();
  }

  /** The port of MQTT over WebSocket; empty where it is off. */
  public OptionalInt webSocketPort() {
    return portOf(webSocket);
  }

  /** The port of MQTT over TLS; empty where there is none. */
  public OptionalInt tlsPort() {
    return portOf(tls);
  }

  /** The port of MQTT over WebSocket over TLS; empty where there is none. */
  public OptionalInt webSocketTlsPort() {
    return portOf(webSocketTls);
  }

  private static OptionalInt portOf(@Nullable Listener listener) {
    return listener == null ? OptionalInt.empty() : OptionalInt.of(listener.port());
  }

  /** What has been counted since the start. Waits for each loop in turn. */
  public BrokerCounters counters() {
    long[] sums = new long[Counter.values().length];
    for (BrokerLoop loop : loops.all()) {
      CompletableFuture<long[]> answer = new CompletableFuture<>();
      loop.execute(
          () -> {
            long[] counts = new long[sums.length];
            loop.counters().addTo(counts);
            answer.complete(counts);
          });
      long[] counts = answer.join();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    }
    return new BrokerCounters(sums, registry.size(), tree.size(), retained.size() - sys.topics());
  }

  /**
   * Asks authenticator and authorizer again about every client, since their answers have changed:
   * whoever is no longer known is disconnected, subscriptions and wills that are no longer allowed
   * end, with an event each. Returns at once; the loops work it off a part at a time. To be called
   * once the new answers are in force.
   */
  public void reviewClients() {
    // First, so that a client that is being let in at this moment looks again.
    reviews.incrementAndGet();
    for (ConnectionServices each : services) {
      try {
        each.sessions().loop().execute(new AccessReview(each));
      } catch (RejectedExecutionException e) {
        LOG.debug("the broker ends, no client is left to be asked about", e);
      }
    }
  }

  /** Tells the clients goodbye and ends, within five seconds. Calling it again does nothing. */
  @Override
  public void close() {
    listeners.forEach(Listener::close);
    listeners.clear();
    List<CompletableFuture<Void>> goodbyes = new ArrayList<>();
    if (!serving.isShuttingDown()) {
      for (ConnectionServices each : services) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        goodbyes.add(told);
        each.sessions()
            .loop()
            .execute(
                () -> {
                  each.open()
                      .forEach(
                          connection ->
                              connection.close(
                                  ReasonCode.SERVER_SHUTTING_DOWN, "the broker shuts down"));
                  each.frames().close();
                  told.complete(null);
                });
      }
    }
    try {
      CompletableFuture.allOf(goodbyes.toArray(new CompletableFuture<?>[0]))
          .orTimeout(GOODBYE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      LOG.warn("not all clients could be told goodbye", e);
    }
    var accepted = accepting.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    var served = serving.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    if (!accepted.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
        || !served.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("the event loops did not end in time");
    }
  }
}
