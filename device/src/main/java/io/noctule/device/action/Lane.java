package io.noctule.device.action;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the tasks of one action one after the other, on threads that it shares with others. At most
 * 100 wait; more are refused. Any thread.
 */
final class Lane {
  static final int MAX_WAITING = 100;

  private final Executor threads;
  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicBoolean busy = new AtomicBoolean();

  Lane(Executor threads) {
    this.threads = threads;
  }

  /** Hands a task over; false where too many wait. */
  boolean offer(Runnable task) {
    if (!waiting.offer(task)) {
      return false;
    }
    begin();
    return true;
  }

  private void begin() {
    if (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
      threads.execute(this::runOne);
    }
  }

  /** One, and then the next through the threads' queue: other lanes get their turn. */
  private void runOne() {
    try {
      Runnable task = waiting.poll();
      if (task != null) {
        task.run();
      }
    } finally {
      busy.set(false);
      begin();
    }
  }
}
