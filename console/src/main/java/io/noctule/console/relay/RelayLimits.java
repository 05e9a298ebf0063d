package io.noctule.console.relay;

import io.noctule.console.session.LoginSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many relays there are: {@value #MOST} in all, {@value #MOST_OF_A_SESSION} of a session; more
 * are refused. Any thread.
 */
final class RelayLimits {
  static final int MOST = 200;
  static final int MOST_OF_A_SESSION = 20;

  private final AtomicInteger all = new AtomicInteger();
  private final Map<LoginSession, Integer> bySession = new ConcurrentHashMap<>();

  RelayLimits() {}

  /** Whether one more may come; it then counts until it {@link #leaves}. */
  boolean enters(LoginSession session) {
    if (all.incrementAndGet() > MOST) {
      all.decrementAndGet();
      return false;
    }
    if (bySession.merge(session, 1, Integer::sum) > MOST_OF_A_SESSION) {
      leaves(session);
      return false;
    }
    return true;
  }

  void leaves(LoginSession session) {
    all.decrementAndGet();
    bySession.computeIfPresent(session, (_, count) -> count == 1 ? null : count - 1);
  }
}
