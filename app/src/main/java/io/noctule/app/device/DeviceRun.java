package io.noctule.app.device;

import io.noctule.device.ConnectFailure;
import io.noctule.device.Device;
import io.noctule.device.DeviceBuilder;
import io.noctule.device.host.Hello;
import io.noctule.tls.context.ClientTls;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device that publishes at intervals and tells what happens, until it is stopped.
 *
 * <p>Threads: the one that calls {@link #run} prints all events; the <em>ticker</em> publishes; the
 * device's call-back thread hands over what it hears.
 */
final class DeviceRun {
  /** The word that the command knows. */
  static final String SPECIAL_WORD = "Hello";

  /** How long a single message may take from start to acknowledgement. */
  private static final Duration ONCE_LIMIT = Duration.ofSeconds(15);

  private final DeviceOptions options;
  private final Clock clock;
  private final EventPrinter printer;
  private final Device device;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor ticker =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("noctule-device-ticker").daemon().factory());

  /** Whether the first connection has been made; belongs to the call-back thread. */
  private boolean started;

  DeviceRun(DeviceOptions options, Clock clock, PrintStream out, PrintStream err) {
    this.options = options;
    this.clock = clock;
    this.printer = new EventPrinter(options.output(), out, err, () -> stop(1));
    this.device = build();
    ticker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private Device build() {
    DeviceBuilder builder =
        Device.builder()
            .broker(options.broker().host(), options.broker().port())
            .id(options.id())
            .version(options.version())
            .onConnect(_ -> connected())
            .onConnectFailure(this::connectFailed)
            .onMessage((_, message) -> tell(new DeviceEvent.Received(message)))
            .on(SPECIAL_WORD, (_, _) -> tell(new DeviceEvent.Special(SPECIAL_WORD)))
            .onDisconnect(reason -> tell(new DeviceEvent.Disconnected(reason)));
    String user = options.user();
    String password = options.password();
    if (user != null) {
      builder = password == null ? builder.credentials(user) : builder.credentials(user, password);
    }
    ClientTls tls = options.tls();
    if (tls != null) {
      builder = builder.tls(tls);
    }
    if (options.debug()) {
      builder = builder.onLog(line -> tell(new DeviceEvent.Log(line)));
    }
    return builder.build();
  }

  /**
   * Runs until {@link #stop}, or until the only message is sent.
   *
   * @return the exit status: 0, or 1 where the only message could not be sent
   */
  int run() throws InterruptedException {
    tell(new DeviceEvent.Connecting(options.broker()));
    options.filters().forEach(this::subscribe);
    if (options.once()) {
      var _ = ticker.schedule(this::tooLate, ONCE_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    device.connect();
    return printer.run();
  }

  private void subscribe(String filter) {
    var _ =
        device
            .subscribe(filter, options.qos())
            .whenCompleteAsync(
                (_, failure) -> {
                  if (failure != null && !stopping.get()) {
                    tell(
                        new DeviceEvent.Failed(
                            "subscription to '" + filter + "': " + failure.getMessage()));
                  }
                },
                ticker);
  }

  /** Takes leave of the broker and ends the run. Any thread; returns at once. */
  void stop() {
    stop(0);
  }

  private void stop(int exitStatus) {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    // A thread of its own: closing waits for call-backs, which may wait for the printing thread.
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  device.close();
                  endTicker();
                  tell(new DeviceEvent.End(exitStatus));
                });
  }

  /** Lets it tell what was sent last. */
  private void endTicker() {
    ticker.shutdown();
    try {
      if (!ticker.awaitTermination(1, TimeUnit.SECONDS)) {
        ticker.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  // --- On the call-back thread

  private void connected() {
    tell(new DeviceEvent.Connected());
    if (started) {
      return;
    }
    started = true;
    try {
      if (options.once()) {
        ticker.execute(this::publish);
      } else {
        // With a fixed delay: after a machine has slept, it does not catch up with a burst.
        var _ =
            ticker.scheduleWithFixedDelay(
                this::tick, 0, options.interval().toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException _) {
      // Stopped meanwhile.
    }
  }

  private void connectFailed(ConnectFailure failure) {
    switch (failure) {
      case ConnectFailure.Refused refused ->
          tell(new DeviceEvent.Refused(refused.code(), refused.name()));
      case ConnectFailure.Unreachable unreachable ->
          tell(new DeviceEvent.Unreachable(options.broker(), unreachable.text(), !options.once()));
    }
    if (options.once()) {
      stop(1);
    }
  }

  // --- On the ticker

  private void tick() {
    // A greeting that says when it was sent is of no use later; at QoS 1 and 2 it is worth keeping.
    if (options.qos() > 0 || device.isConnected()) {
      publish();
    }
  }

  private void publish() {
    ObjectNode content =
        Hello.now(clock, options.broker().host(), options.message())
            .toJson()
            .setAll(options.data());
    var _ =
        device
            .publish(options.topic(), content, options.qos(), false)
            .whenCompleteAsync((_, failure) -> published(content, failure), ticker);
  }

  private void published(ObjectNode content, @Nullable Throwable failure) {
    tell(
        failure == null
            ? new DeviceEvent.Sent(options.topic(), content, options.qos())
            : new DeviceEvent.Failed("message not sent: " + failure.getMessage()));
    if (options.once()) {
      stop(failure == null ? 0 : 1);
    }
  }

  private void tooLate() {
    tell(
        new DeviceEvent.Failed(
            "broker %s has not taken the message within %d s"
                .formatted(options.broker(), ONCE_LIMIT.toSeconds())));
    stop(1);
  }

  private void tell(DeviceEvent event) {
    printer.tell(event);
  }
}
