package io.noctule.device;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a device connected. One thread owns all fields that are not final; every other thread sends
 * it a task. Its queue is bounded by what feeds it: unsent messages ({@link Outbox}), calls of the
 * user, changes of the connection.
 */
final class DeviceLoop {
  private enum Phase {
    IDLE,
    CONNECTING,
    SUBSCRIBING,
    CONNECTED,
    WAITING,
    CLOSED
  }

  private final DeviceSettings settings;
  private final Callbacks callbacks;
  private final Outbox outbox;
  private final BackOff backOff;
  private final ThreadPoolExecutor thread;
  private final Subscriptions subscriptions;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private Phase phase = Phase.IDLE;
  private @Nullable MqttConnection connection;
  private boolean closing;
  private boolean attemptFailed;

  /** Whether the attempt of now and those to come speak MQTT 3.1.1. */
  private boolean version3;

  private Runnable cancelRetry = DeviceLoop::nothing;
  private Runnable cancelReset = DeviceLoop::nothing;

  /** Complete while connected. Written by the loop only, read by any thread. */
  private volatile CompletableFuture<Void> connected = new CompletableFuture<>();

  DeviceLoop(DeviceSettings settings, Callbacks callbacks, Outbox outbox) {
    this.settings = settings;
    this.callbacks = callbacks;
    this.outbox = outbox;
    this.backOff = new BackOff(settings.random());
    this.version3 = settings.version() == ProtocolVersion.V3;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("noctule-device-loop-" + settings.id()).daemon().factory());
    this.subscriptions = new Subscriptions(thread, callbacks, settings.persistent());
  }

  // --- Called by any thread

  void connect() {
    thread.execute(this::begin);
  }

  void subscribe(Subscription subscription) {
    thread.execute(
        () -> {
          subscriptions.add(subscription, accepted());
          if (phase == Phase.CLOSED) {
            subscriptions.failAll(closedBefore());
          }
        });
  }

  CompletableFuture<Void> unsubscribe(String filter) {
    var answered = new CompletableFuture<Void>();
    thread.execute(
        () -> {
          subscriptions.remove(filter, answered, accepted());
          if (phase == Phase.CLOSED) {
            subscriptions.failAll(closedBefore());
          }
        });
    return answered;
  }

  void publish(Publication publication) {
    thread.execute(
        () -> {
          outbox.add(publication);
          if (phase == Phase.CLOSED) {
            outbox.failAll(closedBefore());
          }
          flush();
        });
  }

  boolean isConnected() {
    return connected.isDone() && !connected.isCompletedExceptionally();
  }

  /** Completes at the next moment when the device is connected; fails when it is closed before. */
  CompletableFuture<Void> connected() {
    return connected.copy();
  }

  /** Ends the connection; completes when DISCONNECT is sent and nothing more will happen. */
  CompletableFuture<Void> close() {
    thread.execute(this::beginClose);
    return closed;
  }

  /**
   * Lets the thread end when it has nothing to do; to be called after {@link #close}. What is asked
   * for later still gets its answer, that the device is closed.
   */
  void end() {
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  // --- Connecting

  private void begin() {
    if (phase == Phase.IDLE && !closing) {
      open();
    }
  }

  private void open() {
    phase = Phase.CONNECTING;
    var attempt = new Attempt();
    MqttConnection opened =
        version3 ? new Mqtt3Connection(settings, attempt) : new Mqtt5Connection(settings, attempt);
    attempt.connection = opened;
    connection = opened;
    callbacks.log(
        "Sending CONNECT (MQTT %s, client %s, keep-alive %d s) to %s"
            .formatted(
                version3 ? "3.1.1" : "5",
                settings.id(),
                settings.keepAliveSeconds(),
                settings.broker()));
    var _ =
        opened
            .connect()
            .whenCompleteAsync(
                (sessionPresent, failure) -> {
                  if (connection != opened) {
                    // Given up meanwhile: the device is closed.
                    if (failure == null) {
                      onLoop(opened.disconnect(), _ -> {});
                    }
                  } else if (failure == null) {
                    opened(opened, sessionPresent);
                  } else {
                    failed(failure);
                  }
                },
                thread);
  }

  private void opened(MqttConnection opened, boolean sessionPresent) {
    phase = Phase.SUBSCRIBING;
    attemptFailed = false;
    callbacks.log("Received CONNACK (0)" + (sessionPresent ? ", session present" : ""));
    cancelReset = settings.timer().after(DeviceSettings.STABLE_AFTER, thread, backOff::reset);
    onLoop(
        subscriptions.askAll(opened, sessionPresent),
        _ -> {
          if (connection == opened) {
            phase = Phase.CONNECTED;
            callbacks.connected();
            connected.complete(null);
            flush();
          }
        });
  }

  private void failed(Throwable failure) {
    connection = null;
    ConnectFailure reason = BrokerAnswers.connectFailure(failure, settings.tls());
    callbacks.log("CONNECT failed: " + reason.text());
    if (settings.version() == ProtocolVersion.AUTO) {
      if (!version3 && BrokerAnswers.mayBeTheVersion(failure) && !closing) {
        version3 = true;
        open();
        return;
      }
      version3 = false;
    }
    attemptFailed = true;
    callbacks.connectFailed(reason);
    if (closing) {
      endConnection();
    } else {
      retryAfter(reason.canHeal() ? backOff.next() : backOff.nextAfterLastingRefusal());
    }
  }

  private void retryAfter(Duration wait) {
    phase = Phase.WAITING;
    callbacks.log("Connecting again in %.1f s".formatted(wait.toMillis() / 1000.0));
    cancelRetry =
        settings
            .timer()
            .after(
                wait,
                thread,
                () -> {
                  if (phase == Phase.WAITING) {
                    open();
                  }
                });
  }

  private void ended(MqttConnection ended, DisconnectReason reason) {
    if (connection != ended || phase == Phase.CONNECTING) {
      // Another one by now; or it never came to CONNACK, and its future tells.
      return;
    }
    boolean announced = phase == Phase.CONNECTED;
    lost();
    callbacks.log("Connection ended: " + reason);
    if (announced) {
      callbacks.disconnected(reason);
    }
    if (closing) {
      endConnection();
    } else {
      retryAfter(backOff.next());
    }
  }

  private void lost() {
    connection = null;
    cancelReset.run();
    if (connected.isDone()) {
      connected = new CompletableFuture<>();
    }
    subscriptions.connectionLost();
    outbox.interrupt();
  }

  /** The connection where the broker has accepted it, else null. */
  private @Nullable MqttConnection accepted() {
    return phase == Phase.SUBSCRIBING || phase == Phase.CONNECTED ? connection : null;
  }

  private static void nothing() {}

  // --- Publishing

  private void flush() {
    MqttConnection now = connection;
    if (phase != Phase.CONNECTED || now == null) {
      return;
    }
    for (Publication next = outbox.take(); next != null; next = outbox.take()) {
      send(now, next);
    }
  }

  private void send(MqttConnection now, Publication publication) {
    callbacks.log("Sending " + publication);
    onLoop(
        now.publish(publication),
        failure -> {
          switch (failure == null ? null : BrokerAnswers.bare(failure)) {
            case null -> outbox.succeeded(publication);
            // The end of the connection is an event of its own, which decides.
            case ConnectionLostException _ -> {}
            case DeviceException refusal -> outbox.failed(publication, refusal);
            case Throwable e ->
                outbox.failed(publication, new DeviceException("not sent: " + e.getMessage(), e));
          }
          endWhenSent();
        });
  }

  // --- Closing

  private void beginClose() {
    if (closing) {
      return;
    }
    closing = true;
    cancelRetry.run();
    boolean maySend = accepted() != null || (phase == Phase.CONNECTING && !attemptFailed);
    if (maySend && outbox.unsent() > 0) {
      var _ = settings.timer().after(DeviceSettings.CLOSE_LIMIT, thread, this::endConnection);
    } else {
      endConnection();
    }
  }

  private void endWhenSent() {
    if (closing && outbox.unsent() == 0) {
      endConnection();
    }
  }

  private void endConnection() {
    if (phase == Phase.CLOSED) {
      return;
    }
    MqttConnection last = accepted();
    boolean announced = phase == Phase.CONNECTED;
    phase = Phase.CLOSED;
    connection = null;
    cancelReset.run();
    outbox.failAll(closedBefore());
    subscriptions.failAll(closedBefore());
    if (connected.isDone()) {
      connected = new CompletableFuture<>();
    }
    connected.completeExceptionally(new DeviceException("the device is closed"));
    if (last == null) {
      closed.complete(null);
      return;
    }
    callbacks.log("Sending DISCONNECT");
    onLoop(
        last.disconnect(),
        _ -> {
          if (announced) {
            callbacks.disconnected(DisconnectReason.NORMAL);
          }
          closed.complete(null);
        });
  }

  private static DeviceException closedBefore() {
    return new DeviceException("the device was closed before it was done");
  }

  // --- Handing over

  /** What the loop does when a future of the connection is complete. */
  private interface Completion {
    void with(@Nullable Throwable failure);
  }

  private void onLoop(CompletableFuture<?> future, Completion completion) {
    var _ = future.whenCompleteAsync((_, failure) -> completion.with(failure), thread);
  }

  /** Takes over what one connection hears. */
  private final class Attempt implements MqttConnection.Listener {
    /** Set before the connection is used, and read by the loop only. */
    private @Nullable MqttConnection connection;

    @Override
    public void received(Message message, Runnable acknowledge) {
      callbacks.received(message, acknowledge);
    }

    @Override
    public void ended(DisconnectReason reason) {
      thread.execute(
          () -> {
            if (connection != null) {
              DeviceLoop.this.ended(connection, reason);
            }
          });
    }
  }
}
