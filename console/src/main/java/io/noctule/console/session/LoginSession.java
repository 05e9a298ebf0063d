package io.noctule.console.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A login, from its beginning to its end. Any thread. */
public final class LoginSession {
  /** Without a request for so long it ends. */
  static final Duration IDLE_LIMIT = Duration.ofHours(12);

  /** After so long it ends in any case. */
  static final Duration AGE_LIMIT = Duration.ofDays(7);

  private final Person person;
  private final long startNanos;
  private volatile long usedNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Runnable> atEnd = new HashSet<>();
  private boolean ended;

  LoginSession(Person person, long nowNanos) {
    this.person = person;
    startNanos = nowNanos;
    usedNanos = nowNanos;
  }

  /** Who is logged in. */
  public Person person() {
    return person;
  }

  long usedNanos() {
    return usedNanos;
  }

  void use(long nowNanos) {
    usedNanos = nowNanos;
  }

  boolean holds(long nowNanos) {
    return nowNanos - usedNanos < IDLE_LIMIT.toNanos()
        && nowNanos - startNanos < AGE_LIMIT.toNanos()
        && person.isValid();
  }

  /**
   * Has an action run when the session ends; at once where it has.
   *
   * @param action quick; called on the thread that ends the session
   */
  public void onEnd(Runnable action) {
    lock.lock();
    try {
      if (!ended) {
        atEnd.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  /** Takes an action back. */
  public void forget(Runnable action) {
    lock.lock();
    try {
      atEnd.remove(action);
    } finally {
      lock.unlock();
    }
  }

  void end() {
    Set<Runnable> actions;
    lock.lock();
    try {
      ended = true;
      actions = Set.copyOf(atEnd);
      atEnd.clear();
    } finally {
      lock.unlock();
    }
    actions.forEach(Runnable::run);
  }
}
