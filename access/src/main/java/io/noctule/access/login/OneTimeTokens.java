package io.noctule.access.login;

import io.noctule.broker.loop.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens that take the place of a user's password once, for {@value #SECONDS} seconds: one part of
 * the program has checked who somebody is and connects to the broker for them. Any thread.
 *
 * <p>Bound: {@value #TOKENS} unused ones; then the oldest is worth nothing any more.
 */
public final class OneTimeTokens {
  static final int TOKENS = 1024;
  static final int SECONDS = 60;

  private static final int TOKEN_BYTES = 32;
  private static final int TOKEN_CHARACTERS = 43;

  private record Issued(String user, long nanos) {}

  private final Ticker ticker;
  private final SecureRandom random = new SecureRandom();
  private final KeyedDigest digests = new KeyedDigest();
  private final ReentrantLock lock = new ReentrantLock();
  // By digest, so that how long a look-up takes tells nothing of the tokens; in the order of issue.
  private final Map<String, Issued> unused = new LinkedHashMap<>();

  OneTimeTokens(Ticker ticker) {
    this.ticker = ticker;
  }

  /** A new token for a user, who must have been authenticated: 43 characters of base64url. */
  public String issue(String user) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = ticker.nanos();
    lock.lock();
    try {
      removeExpired(now);
      if (unused.size() >= TOKENS) {
        unused.remove(unused.keySet().iterator().next());
      }
      unused.put(digest(user, token), new Issued(user, now));
    } finally {
      lock.unlock();
    }
    return token;
  }

  private void removeExpired(long now) {
    Iterator<Issued> oldest = unused.values().iterator();
    while (oldest.hasNext() && isExpired(oldest.next(), now)) {
      oldest.remove();
    }
  }

  private static boolean isExpired(Issued issued, long now) {
    return now - issued.nanos() > TimeUnit.SECONDS.toNanos(SECONDS);
  }

  private String digest(String user, String token) {
    return digests.of(user, token.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether a password is a token of this user that is still good; from now on it is not. */
  boolean redeem(String user, byte[] password) {
    if (password.length != TOKEN_CHARACTERS) {
      return false;
    }
    String digest = digests.of(user, password);
    lock.lock();
    try {
      Issued issued = unused.remove(digest);
      return issued != null && issued.user().equals(user) && !isExpired(issued, ticker.nanos());
    } finally {
      lock.unlock();
    }
  }
}
