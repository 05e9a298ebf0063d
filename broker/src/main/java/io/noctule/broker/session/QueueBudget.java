package io.noctule.broker.session;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the queues of all sessions together may take. Any thread. */
public final class QueueBudget {
  private final long maximumBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  /** A budget of which nothing is used. */
  public QueueBudget(long maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  /** Takes bytes, or takes none and answers false where they are not there. */
  boolean take(long bytes) {
    if (usedBytes.addAndGet(bytes) <= maximumBytes) {
      return true;
    }
    usedBytes.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  /** What is used now. */
  public long usedBytes() {
    return usedBytes.get();
  }
}
