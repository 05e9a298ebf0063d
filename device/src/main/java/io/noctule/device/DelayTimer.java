package io.noctule.device;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs tasks later. A test gives its own and decides when time passes. */
@FunctionalInterface
interface DelayTimer {
  /** The clock of this machine. */
  DelayTimer SYSTEM =
      (delay, executor, task) -> {
        var timed =
            CompletableFuture.runAsync(
                task,
                CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, executor));
        return () -> timed.cancel(false);
      };

  /**
   * Runs a task on an executor after a delay.
   *
   * @return cancels the task where it has not begun
   */
  Runnable after(Duration delay, Executor executor, Runnable task);
}
