package io.noctule.device.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns an agent's state. What waits for it is bounded by what feeds it: readings
 * take one of 256 places, acknowledgements are bounded by the window, and the call-back thread
 * waits for each of its tasks. Never interrupted: the buffer's files would be closed.
 */
final class AgentLoop {
  private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
  private static final int MAX_READINGS = 256;
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Semaphore places = new Semaphore(MAX_READINGS);
  private final ScheduledThreadPoolExecutor thread;

  AgentLoop(String deviceId) {
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("noctule-agent-" + deviceId).daemon().factory());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs a task later than all others of now. After the end it is not run. */
  void execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException _) {
      LOG.debug("a task came after the agent's end");
    }
  }

  /** As {@link #execute}; waits while too many readings wait for the disk. */
  void executeReading(Runnable task) {
    try {
      places.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    execute(
        () -> {
          places.release();
          task.run();
        });
  }

  /** Runs a task and waits for its end; not for the loop itself. */
  void call(Runnable task) throws InterruptedException {
    var future = new FutureTask<>(task, true);
    try {
      thread.execute(future);
      var _ = future.get();
    } catch (RejectedExecutionException _) {
      LOG.debug("a task came after the agent's end");
    } catch (ExecutionException e) {
      LOG.warn("A task of the agent failed", e.getCause());
    }
  }

  /**
   * Runs a task and waits for its end, at most two seconds: whoever holds the loop up must not keep
   * the agent from ending.
   */
  void callAtEnd(Runnable task) throws InterruptedException {
    var done = new CountDownLatch(1);
    execute(
        () -> {
          try {
            task.run();
          } finally {
            done.countDown();
          }
        });
    if (!done.await(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.warn("the agent does not come to its end within {}", END_LIMIT);
    }
  }

  /** Runs a task after a delay, unless the end comes first. */
  void after(Duration delay, Runnable task) {
    var _ = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs a task again and again, with a delay before each. */
  void every(Duration delay, Runnable task) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> run(task), delay.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("A task of the agent failed", e);
    }
  }

  /** Runs what was handed over until now, and ends. */
  void end() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("the disk does not take the last readings within {}", END_LIMIT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
