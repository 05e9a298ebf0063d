package io.noctule.console.mqtt;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.lifecycle.Mqtt3ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's own connection, which receives what devices and the broker tell. MQTT 3.1.1, since
 * every broker speaks it. Connects again for as long as it is open, with the account of then. One
 * thread of the client library receives; the methods may be called from any.
 *
 * <p>Bounds: the library takes what the socket gives and hands it over at once; a slow handler
 * slows down the reading.
 */
public final class BrokerFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFeed.class);

  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final long FIRST_DELAY_MILLIS = 200;
  private static final long LONGEST_DELAY_MILLIS = 10_000;
  private static final int MOST_DOUBLINGS = 16;

  private final BrokerEndpoint endpoint;
  private final BrokerCredentials credentials;
  private final List<String> filters;
  private final MessageHandler handler;
  private final Mqtt3AsyncClient client;
  private final AtomicReference<@Nullable String> problem =
      new AtomicReference<>("not connected yet");
  private volatile boolean closed;

  private BrokerFeed(
      BrokerEndpoint endpoint,
      BrokerCredentials credentials,
      List<String> filters,
      MessageHandler handler) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.filters = filters;
    this.handler = handler;
    Mqtt3ClientBuilder builder =
        Mqtt3Client.builder()
            .identifier("noctule-console-" + UUID.randomUUID().toString().substring(0, 13))
            .transportConfig(endpoint.transport())
            .executorConfig()
            .nettyThreads(1)
            .applyExecutorConfig()
            .addConnectedListener(_ -> connected())
            .addDisconnectedListener(this::disconnected);
    client = builder.buildAsync();
    client.publishes(MqttGlobalPublishFilter.ALL, this::receive, Runnable::run);
  }

  /**
   * Starts to connect, and does so until it is closed.
   *
   * @param filters what to subscribe to
   * @param handler takes the messages
   */
  public static BrokerFeed start(
      BrokerEndpoint endpoint,
      BrokerCredentials credentials,
      List<String> filters,
      MessageHandler handler) {
    var feed = new BrokerFeed(endpoint, credentials, List.copyOf(filters), handler);
    // Failures are told to the listener.
    feed.client.connect(feed.connect()).exceptionally(_ -> null);
    return feed;
  }

  /** Why there is no connection now; null where there is one. */
  public @Nullable String problem() {
    return problem.get();
  }

  private Mqtt3Connect connect() {
    return Mqtt3Connect.builder()
        .cleanSession(true)
        .keepAlive(KEEP_ALIVE_SECONDS)
        .simpleAuth(simpleAuth(credentials.forConsole()))
        .build();
  }

  private static @Nullable Mqtt3SimpleAuth simpleAuth(Account account) {
    if (account.user() == null) {
      return null;
    }
    var builder = Mqtt3SimpleAuth.builder().username(account.user());
    return account.password() == null
        ? builder.build()
        : builder.password(account.password().getBytes(StandardCharsets.UTF_8)).build();
  }

  private void connected() {
    List<Mqtt3Subscription> subscriptions =
        filters.stream()
            .map(
                filter ->
                    Mqtt3Subscription.builder()
                        .topicFilter(filter)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build())
            .toList();
    var _ =
        client
            .subscribeWith()
            .addSubscriptions(subscriptions)
            .send()
            .whenComplete(
                (_, failure) -> {
                  if (failure == null) {
                    problem.set(null);
                    LOG.debug("console: connected to the broker at {}", endpoint);
                  } else {
                    // The connection's end, or a filter that this account may not have.
                    problem.set("the broker refuses the subscriptions: " + failure.getMessage());
                    LOG.warn(
                        "console: the broker at {} refuses subscriptions: {}",
                        endpoint,
                        failure.getMessage());
                  }
                });
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (closed || !(context instanceof Mqtt3ClientDisconnectedContext three)) {
      return;
    }
    String reason = reason(context.getCause());
    String before = problem.getAndSet(reason);
    if (!reason.equals(before)) {
      LOG.warn("console: no connection to the broker at {}: {}", endpoint, reason);
    }
    int attempts = Math.min(three.getReconnector().getAttempts(), MOST_DOUBLINGS);
    long delayMillis = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << attempts);
    three
        .getReconnector()
        .reconnect(true)
        // Subscribes by itself, so that it learns the answer.
        .resubscribeIfSessionExpired(false)
        .connect(connect())
        .delay(
            delayMillis / 2 + ThreadLocalRandom.current().nextLong(delayMillis / 2 + 1),
            TimeUnit.MILLISECONDS);
  }

  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }

  private void receive(Mqtt3Publish publish) {
    try {
      handler.received(
          publish.getTopic().toString(), publish.getPayloadAsBytes(), publish.isRetain());
    } catch (RuntimeException e) {
      // One message that cannot be read must not end the feed.
      LOG.error("console: a message on {} was not read", publish.getTopic(), e);
    }
  }

  /** Disconnects and does not come back. */
  @Override
  public void close() {
    closed = true;
    if (client.getState() == MqttClientState.DISCONNECTED) {
      return;
    }
    client.disconnect().exceptionally(_ -> null);
  }
}
