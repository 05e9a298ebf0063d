package io.noctule.console.session;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The logins in force, in memory: a restart ends them. Each is found by the hash of its secret. Any
 * thread.
 *
 * <p>At most {@value #MOST} sessions, and {@value #MOST_OF_A_PERSON} of a person: a login more ends
 * the one that was unused for longest.
 */
public final class Sessions {
  /** Sessions at a time. */
  static final int MOST = 1_000;

  /** Sessions of one person at a time. */
  static final int MOST_OF_A_PERSON = 20;

  private final Map<String, LoginSession> byHash = new ConcurrentHashMap<>();
  private final ReentrantLock opening = new ReentrantLock();
  private final LongSupplier nanos;

  /**
   * No sessions.
   *
   * @param nanos the time that passes, as {@link System#nanoTime}
   */
  public Sessions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Begins a session.
   *
   * @return its secret, for the person's browser alone
   */
  String open(Person person) {
    opening.lock();
    try {
      makeRoom(ofPerson(person), MOST_OF_A_PERSON);
      makeRoom(List.copyOf(byHash.entrySet()), MOST);
      String secret = Secret.draw();
      byHash.put(Secret.hash(secret), new LoginSession(person, nanos.getAsLong()));
      return secret;
    } finally {
      opening.unlock();
    }
  }

  private List<Map.Entry<String, LoginSession>> ofPerson(Person person) {
    return byHash.entrySet().stream()
        .filter(entry -> entry.getValue().person().name().equals(person.name()))
        .toList();
  }

  private void makeRoom(List<Map.Entry<String, LoginSession>> present, int most) {
    if (present.size() < most) {
      return;
    }
    long now = nanos.getAsLong();
    present.stream()
        .max(Comparator.comparingLong(entry -> now - entry.getValue().usedNanos()))
        .ifPresent(entry -> end(entry.getKey()));
  }

  /** The session of a secret, which has now been used; empty where there is none. */
  Optional<LoginSession> use(String secret) {
    String hash = Secret.hash(secret);
    LoginSession session = byHash.get(hash);
    if (session == null) {
      return Optional.empty();
    }
    long now = nanos.getAsLong();
    if (!session.holds(now)) {
      end(hash);
      return Optional.empty();
    }
    session.use(now);
    return Optional.of(session);
  }

  /** Notes that a session is in use, such as by the open connection of a page. */
  public void use(LoginSession session) {
    session.use(nanos.getAsLong());
  }

  /** Ends the session of a secret, where there is one. */
  void endSession(String secret) {
    end(Secret.hash(secret));
  }

  private void end(String hash) {
    LoginSession session = byHash.remove(hash);
    if (session != null) {
      session.end();
    }
  }

  /** Ends the sessions whose time is over or whose user is gone; to be called now and again. */
  public void sweep() {
    long now = nanos.getAsLong();
    byHash.forEach(
        (hash, session) -> {
          if (!session.holds(now)) {
            end(hash);
          }
        });
  }

  /** Ends all sessions. */
  public void endAll() {
    byHash.keySet().forEach(this::end);
  }
}
