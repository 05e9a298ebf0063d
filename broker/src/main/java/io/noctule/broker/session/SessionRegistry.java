package io.noctule.broker.session;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * All sessions by client identifier. Any thread may look; a session is removed only on its own
 * loop, so that what is found on that loop is still true while the command runs.
 *
 * <p>Bound: a number of sessions; {@link #isFull} is asked before a new one is made.
 */
public final class SessionRegistry {
  private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
  private final int maximumSessions;

  /** An empty registry with its bound. */
  public SessionRegistry(int maximumSessions) {
    this.maximumSessions = maximumSessions;
  }

  /** The session of a client; null where there is none. */
  public @Nullable Session get(String clientId) {
    return sessions.get(clientId);
  }

  /** Adds a session, unless its client has one: then answers that one and adds nothing. */
  public @Nullable Session add(Session session) {
    return sessions.putIfAbsent(session.clientId(), session);
  }

  /** Whether a new session would exceed the limit. */
  public boolean isFull() {
    return sessions.size() >= maximumSessions;
  }

  void remove(Session session) {
    sessions.remove(session.clientId(), session);
  }

  /** How many sessions there are, connected or not. */
  public int size() {
    return sessions.size();
  }

  /** All sessions, weakly consistent. */
  public Collection<Session> all() {
    return sessions.values();
  }
}
