package io.noctule.history.record;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages that came and wait for the next commit. Any thread.
 *
 * <p>Bound: by messages and by bytes. When full, who puts waits: the client stops reading, and the
 * broker keeps the messages. Nothing that waits here is acknowledged, so that the broker's own
 * window usually is the narrower bound.
 */
final class Intake {
  private final int mostMessages;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private long bytes;
  private boolean newSession;
  private boolean closed;

  Intake(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /**
   * What comes next: the broker's session is a new one, then messages.
   *
   * @param newSession whether packet identifiers before these messages mean nothing any more
   * @param messages in order; may be empty
   */
  record Batch(boolean newSession, List<Message> messages) {}

  /**
   * Adds a message, and waits for room where there is none.
   *
   * @return whether it was added: not where there is no room in time, or the intake is closed
   */
  boolean put(Message message, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (!closed && !hasRoom() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (closed || !hasRoom()) {
        return false;
      }
      messages.add(message);
      bytes += message.heldBytes();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    // One that alone is larger than the bound is taken by an empty intake.
    return messages.isEmpty() || (messages.size() < mostMessages && bytes < mostBytes);
  }

  /**
   * Tells the writer that the broker has a new session. What waits came in the old one, and is
   * stored all the same: nobody sends it again.
   */
  void beginSession() {
    lock.lock();
    try {
      newSession = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits, and waits for it where there is nothing.
   *
   * @param most messages at most
   * @param patience how long to wait at most
   */
  Batch take(int most, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (!closed && !newSession && messages.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      var taken = new ArrayList<Message>(Math.min(most, messages.size()));
      while (taken.size() < most && !messages.isEmpty()) {
        Message message = messages.remove();
        bytes -= message.heldBytes();
        taken.add(message);
      }
      var batch = new Batch(newSession, taken);
      newSession = false;
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, unless it is closed meanwhile.
   *
   * @return whether it is closed
   */
  boolean awaitClosed(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return messages.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
