package io.noctule.access.login;

import io.noctule.broker.loop.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many wrong passwords an address has left: ten, and one more each ten seconds. Of IPv6 the
 * first 64 bits count, which one subscriber has as a whole. Any thread.
 *
 * <p>Bound: {@value #ADDRESSES} addresses; then the one that guessed longest ago is forgotten.
 */
final class GuessLimit {
  static final int GUESSES = 10;
  static final long SECONDS_FOR_ANOTHER = 10;
  static final int ADDRESSES = 10_000;

  private static final int NETWORK_BYTES = 8;

  /**
   * Of one address.
   *
   * @param left at the time, 0 to {@link #GUESSES}
   * @param nanos the time
   */
  private record Allowance(double left, long nanos) {}

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Allowance> byAddress =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > ADDRESSES;
        }
      };

  GuessLimit(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether an address may try once more. An unknown one shares its allowance with all such. */
  boolean mayGuess(@Nullable InetAddress address) {
    String key = key(address);
    lock.lock();
    try {
      return left(byAddress.get(key), ticker.nanos()) >= 1;
    } finally {
      lock.unlock();
    }
  }

  /** A wrong password has come from an address. */
  void wrong(@Nullable InetAddress address) {
    String key = key(address);
    lock.lock();
    try {
      long now = ticker.nanos();
      double left = left(byAddress.get(key), now);
      byAddress.put(key, new Allowance(Math.max(0, left - 1), now));
    } finally {
      lock.unlock();
    }
  }

  private static double left(@Nullable Allowance allowance, long now) {
    if (allowance == null) {
      return GUESSES;
    }
    double regained =
        (now - allowance.nanos()) / (double) TimeUnit.SECONDS.toNanos(SECONDS_FOR_ANOTHER);
    return Math.min(GUESSES, allowance.left() + regained);
  }

  private static String key(@Nullable InetAddress address) {
    if (address == null) {
      return "";
    }
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
