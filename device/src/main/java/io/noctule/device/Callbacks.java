package io.noctule.device;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's code on one thread, in order. What a call-back throws is logged and ends nothing.
 * Any thread may hand events over; none ever waits.
 *
 * <p>What waits is bounded: of messages of QoS 0 and of log lines, those beyond their bound are
 * dropped and counted; messages of QoS 1 and 2 are bounded by the window of the broker, since they
 * are acknowledged after they were handled.
 */
final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private static final Duration END_LIMIT = Duration.ofSeconds(1);
  private static final int MAX_WAITING_LOG_LINES = 1_000;

  /**
   * More than all bounds together, with room for changes of the connection; beyond it events are
   * dropped.
   */
  private static final int MAX_WAITING = 8_192;

  private final Device device;
  private final Handlers handlers;
  private final ThreadPoolExecutor executor;
  private final AtomicInteger waitingQos0 = new AtomicInteger();
  private final AtomicInteger waitingLogLines = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  /** The thread that runs the call-backs; written once, when it starts. */
  private volatile @Nullable Thread thread;

  Callbacks(Device device, String deviceId, Handlers handlers) {
    this.device = device;
    this.handlers = handlers;
    // Not a daemon: a program whose main method has returned lives as long as its device is open.
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> {
              var started = Thread.ofPlatform().name("noctule-device-" + deviceId).unstarted(task);
              thread = started;
              return started;
            });
  }

  /** Starts the thread, so that it keeps the process alive. */
  void start() {
    executor.prestartCoreThread();
  }

  void connected() {
    run(() -> each(handlers.onConnect(), handler -> handler.accept(device)));
  }

  void connectFailed(ConnectFailure failure) {
    run(() -> each(handlers.onConnectFailure(), handler -> handler.accept(failure)));
  }

  void disconnected(DisconnectReason reason) {
    run(() -> each(handlers.onDisconnect(), handler -> handler.accept(reason)));
  }

  /** Hands a line to the log call-back. */
  void log(String line) {
    LOG.debug("{}", line);
    if (handlers.onLog().isEmpty()) {
      return;
    }
    if (waitingLogLines.incrementAndGet() > MAX_WAITING_LOG_LINES) {
      waitingLogLines.decrementAndGet();
      return;
    }
    run(
        () -> {
          waitingLogLines.decrementAndGet();
          each(handlers.onLog(), handler -> handler.accept(line));
        });
  }

  /** Hands a message to the message handlers and to the one of its word, then acknowledges it. */
  void received(Message message, Runnable acknowledge) {
    boolean droppable = message.qos() == 0;
    if (droppable && waitingQos0.incrementAndGet() > DeviceSettings.MAX_WAITING_QOS_0) {
      waitingQos0.decrementAndGet();
      drop(message);
      return;
    }
    log("Received PUBLISH " + message);
    run(
        () -> {
          try {
            handle(message);
          } finally {
            if (droppable) {
              waitingQos0.decrementAndGet();
            }
            acknowledge.run();
          }
        });
  }

  /** How many messages of QoS 0 were dropped because the handlers were too slow. */
  long dropped() {
    return dropped.get();
  }

  private void handle(Message message) {
    each(handlers.onMessage(), handler -> handler.handle(device, message));
    if (!handlers.words().isEmpty()) {
      MessageHandler ofWord = message.word().map(handlers.words()::get).orElse(null);
      if (ofWord != null) {
        each(List.of(ofWord), handler -> handler.handle(device, message));
      }
    }
  }

  private void drop(Message message) {
    long count = dropped.incrementAndGet();
    // At the first and then ever more rarely: a flood must not become a flood of log lines.
    if (Long.bitCount(count) == 1) {
      log(
          "Dropped "
              + message
              + ": the message handlers are too slow ("
              + count
              + " dropped so far)");
    }
  }

  /** What a call-back does; it may throw anything. */
  private interface Call<H> {
    void on(H handler) throws Exception;
  }

  private <H> void each(List<H> all, Call<H> call) {
    for (H handler : all) {
      try {
        call.on(handler);
      } catch (Exception e) {
        LOG.warn("A call-back of the device failed", e);
        tell("A call-back failed: " + e);
      }
    }
  }

  /** Tells the log call-backs, on the call-back thread itself; what these throw is only logged. */
  private void tell(String line) {
    for (Consumer<String> handler : handlers.onLog()) {
      try {
        handler.accept(line);
      } catch (RuntimeException e) {
        LOG.warn("The log call-back of the device failed", e);
      }
    }
  }

  private void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      if (!executor.isShutdown()) {
        LOG.warn("A device event was dropped: {} wait for the call-backs", MAX_WAITING, e);
      }
    }
  }

  /**
   * Lets the events end that wait already, at most for a second; called by a call-back, it does not
   * wait for itself.
   */
  void close() {
    executor.shutdown();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      if (!executor.awaitTermination(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
