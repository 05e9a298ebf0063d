package io.noctule.device;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * A device that stays connected to an MQTT broker: it publishes, subscribes, and runs call-backs on
 * messages and on changes of the connection.
 *
 * <pre>{@code
 * try (Device device =
 *     Device.builder()
 *         .broker("127.0.0.1", 1883)
 *         .subscribe("test", 1)
 *         .onMessage((d, message) -> System.out.println(message.display()))
 *         .build()) {
 *   device.connect();
 *   device.publish("test", "hello").join();
 * }
 * }</pre>
 *
 * <p>Once {@link #connect} was called the device connects again whenever the connection is lost,
 * after a random wait that grows from at most one second to at most a minute, and asks anew for the
 * subscriptions that the broker has not kept. It never gives up; where the broker refuses it for
 * good, as with a wrong password, it asks every 30 to 60 seconds.
 *
 * <p>All methods may be called by any thread. Call-backs run one after the other on one thread of
 * the device, which keeps the process alive until {@link #close}. What the returned futures are
 * continued with runs on the thread that keeps the connection and must not block; use the {@code
 * …Async} methods where it might.
 */
public final class Device implements AutoCloseable {
  private final DeviceSettings settings;
  private final Callbacks callbacks;
  private final Outbox outbox;
  private final DeviceLoop loop;

  Device(DeviceSettings settings, Handlers handlers, Iterable<Subscription> subscriptions) {
    this.settings = settings;
    this.callbacks = new Callbacks(this, settings.id(), handlers);
    this.outbox = new Outbox(settings.maxUnsentMessages(), settings.maxUnsentBytes());
    this.loop = new DeviceLoop(settings, callbacks, outbox);
    subscriptions.forEach(loop::subscribe);
  }

  /** Begins the description of a device. */
  public static DeviceBuilder builder() {
    return new DeviceBuilder();
  }

  /** Starts to connect and returns at once. Has no effect when called again. */
  public void connect() {
    callbacks.start();
    loop.connect();
  }

  /**
   * When the device is connected: the broker has accepted it and answered all subscriptions.
   *
   * @return complete where that is the case now, else completing when it next is; fails with {@link
   *     DeviceException} when the device is closed
   */
  public CompletableFuture<Void> connected() {
    return loop.connected();
  }

  /** Whether the device is connected now. */
  public boolean isConnected() {
    return loop.isConnected();
  }

  /** Publishes a text in UTF-8 at QoS 0, as {@link #publish(String, byte[], int, boolean)} does. */
  public CompletableFuture<Void> publish(String topic, String text) {
    return publish(topic, text, 0, false);
  }

  /** Publishes a JSON value at QoS 0, as {@link #publish(String, byte[], int, boolean)} does. */
  public CompletableFuture<Void> publish(String topic, JsonNode json) {
    return publish(topic, json, 0, false);
  }

  /** Publishes bytes at QoS 0, as {@link #publish(String, byte[], int, boolean)} does. */
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    return publish(topic, payload, 0, false);
  }

  /** Publishes a text in UTF-8, as {@link #publish(String, byte[], int, boolean)} does. */
  public CompletableFuture<Void> publish(String topic, String text, int qos, boolean retain) {
    return publish(topic, text.getBytes(StandardCharsets.UTF_8), qos, retain);
  }

  /** Publishes a JSON value, as {@link #publish(String, byte[], int, boolean)} does. */
  public CompletableFuture<Void> publish(String topic, JsonNode json, int qos, boolean retain) {
    return publish(topic, Json.write(json), qos, retain);
  }

  /**
   * Publishes a message. Messages leave in the order of the calls. While the device is not
   * connected they wait in memory; where {@link DeviceBuilder#maxUnsent} of them wait or are not
   * acknowledged yet, another one is refused. A message of QoS 1 whose acknowledgement was cut off
   * is sent again on the next connection; one of QoS 0 or 2 is not, and fails.
   *
   * @param topic a topic name, without wildcards
   * @param payload the bytes, copied
   * @param qos 0, 1 or 2; with a {@linkplain DeviceBuilder#persistentSession persistent session} 0
   *     or 1
   * @param retain whether the broker shall keep it for later subscribers
   * @return completes when a message of QoS 0 was written to the connection, one of QoS 1 or 2
   *     acknowledged by the broker; fails with {@link DeviceException} where it was refused by the
   *     broker or by the full queue, where the connection was lost, or where the device was closed
   *     before
   * @throws IllegalArgumentException where the topic or the QoS is not valid
   */
  public CompletableFuture<Void> publish(String topic, byte[] payload, int qos, boolean retain) {
    DeviceBuilder.requireTopicName(topic);
    DeviceBuilder.requireQos(qos);
    if (qos == 2 && settings.persistent()) {
      throw new IllegalArgumentException(
          "a device with a persistent session publishes at QoS 0 or 1, was 2");
    }
    var publication = new Publication(topic, payload.clone(), qos, retain);
    if (outbox.admit(publication)) {
      loop.publish(publication);
    } else {
      publication.sent.completeExceptionally(
          new DeviceException("refused: %s wait to be sent already".formatted(outbox.limits())));
    }
    return publication.sent;
  }

  /**
   * Subscribes, now if connected and on each later connection whose session does not have it.
   * Asking for the same filter and QoS again does nothing.
   *
   * @param filter a topic filter, which may have {@code +}, {@code #} and {@code $share/NAME/}
   * @param qos the highest QoS of deliveries, 0 to 2
   * @return completes when the broker has granted it; fails with {@link DeviceException} where it
   *     is refused (the next connection asks again) or the device is closed
   * @throws IllegalArgumentException where the filter or the QoS is not valid
   */
  public CompletableFuture<Void> subscribe(String filter, int qos) {
    DeviceBuilder.requireTopicFilter(filter);
    DeviceBuilder.requireQos(qos);
    var subscription = new Subscription(filter, qos);
    loop.subscribe(subscription);
    return subscription.answered;
  }

  /**
   * Ends a subscription, now if connected; where the session is persistent, else on the next
   * connection.
   *
   * @return completes when the broker has acknowledged it, or at once where it does not know it
   */
  public CompletableFuture<Void> unsubscribe(String filter) {
    return loop.unsubscribe(filter);
  }

  /** The client identifier. */
  public String id() {
    return settings.id();
  }

  /** How many messages of QoS 0 were dropped on arrival because the call-backs were too slow. */
  public long dropped() {
    return callbacks.dropped();
  }

  /**
   * Sends what waits, at most for two seconds and only where a connection is there or on its way;
   * then sends DISCONNECT and ends the threads of the device. Returns when all that is done and the
   * last call-back has ended, within four seconds at most. A call-back may call it. Has no effect
   * when called again.
   */
  @Override
  public void close() {
    CompletableFuture<Void> closed = loop.close();
    try {
      closed.get(DeviceSettings.CLOSE_LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      callbacks.log("DISCONNECT was not sent: " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    loop.end();
    callbacks.close();
  }
}
