package io.noctule.access.login;

import io.noctule.access.user.PasswordHash;
import io.noctule.access.user.User;
import io.noctule.access.user.Users;
import io.noctule.broker.loop.Ticker;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords on threads of its own, since each takes tens of milliseconds. Any thread.
 *
 * <p>A password that was right before is recognised at once, so that devices that all come back
 * cost nothing. An unknown user takes as long as a wrong password.
 *
 * <p>Bounds: {@value #WAITING} checks wait; one more, or one that has waited for {@value
 * #LONGEST_WAIT_SECONDS} s, is answered {@link Verdict#BUSY}. One recognised password a user.
 */
final class PasswordChecks implements AutoCloseable {
  static final int WAITING = 128;
  static final int LONGEST_WAIT_SECONDS = 8;

  // Half of the machine at most: passwords must not take the place of messages.
  static final int THREADS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
  private static final int IDLE_SECONDS = 10;
  private static final byte[] NO_PASSWORD = "no user has this".getBytes(StandardCharsets.US_ASCII);

  private record Recognised(String digest, PasswordHash hash) {
    boolean isOf(@Nullable PasswordHash other) {
      return other != null && hash.equals(other);
    }
  }

  private final Supplier<Users> users;
  private final GuessLimit limit;
  private final Ticker ticker;
  private final KeyedDigest digests = new KeyedDigest();
  private final ConcurrentMap<String, Recognised> recognised = new ConcurrentHashMap<>();
  // By digest: the same user and password from many devices at once are checked once. Bounded by
  // the queue and the threads.
  private final ConcurrentMap<String, CompletableFuture<Verdict>> underWay =
      new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;
  // Gone with its thread, which ends when it has had nothing to do for a while.
  private final ThreadLocal<PasswordHash.WorkingMemory> memory =
      ThreadLocal.withInitial(PasswordHash.WorkingMemory::new);
  private volatile @Nullable PasswordHash ofNobody;

  PasswordChecks(Supplier<Users> users, GuessLimit limit, Ticker ticker) {
    this.users = users;
    this.limit = limit;
    this.ticker = ticker;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("noctule-password-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Checks a password. Does not block.
   *
   * @param password not changed meanwhile
   * @param from whose guesses are counted; null where not known
   * @return completed now, or on one of the threads
   */
  CompletionStage<Verdict> check(String name, byte[] password, @Nullable InetAddress from) {
    User user = users.get().find(name);
    PasswordHash hash = user == null || !user.isEnabled() ? null : user.password();
    String digest = digests.of(name, password);
    Recognised known = recognised.get(name);
    if (known != null && known.digest().equals(digest) && known.isOf(hash)) {
      return CompletableFuture.completedStage(Verdict.RIGHT);
    }
    if (!limit.mayGuess(from)) {
      return CompletableFuture.completedStage(Verdict.TOO_MANY_WRONG);
    }
    return enqueue(name, password, hash, digest, from)
        .thenApply(
            verdict -> {
              if (verdict == Verdict.WRONG) {
                limit.wrong(from);
              }
              return verdict;
            });
  }

  private CompletableFuture<Verdict> enqueue(
      String name,
      byte[] password,
      @Nullable PasswordHash hash,
      String digest,
      @Nullable InetAddress from) {
    String key = digest + (hash == null ? "" : hash.proof());
    CompletableFuture<Verdict> answer = new CompletableFuture<>();
    CompletableFuture<Verdict> earlier = underWay.putIfAbsent(key, answer);
    if (earlier != null) {
      return earlier;
    }
    long askedNanos = ticker.nanos();
    try {
      threads.execute(
          () -> {
            try {
              answer.complete(
                  limit.mayGuess(from)
                      ? run(name, password, hash, digest, askedNanos)
                      : Verdict.TOO_MANY_WRONG); // Those before it were.
            } catch (Throwable e) {
              answer.completeExceptionally(e);
            } finally {
              underWay.remove(key);
            }
          });
    } catch (RejectedExecutionException _) {
      underWay.remove(key);
      answer.complete(Verdict.BUSY);
    }
    return answer;
  }

  private Verdict run(
      String name, byte[] password, @Nullable PasswordHash hash, String digest, long askedNanos) {
    if (ticker.nanos() - askedNanos > TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS)) {
      return Verdict.BUSY; // The client has been given up by now.
    }
    if (hash == null) {
      var _ = ofNobody().matches(password, memory.get());
      return Verdict.WRONG;
    }
    if (!hash.matches(password, memory.get())) {
      return Verdict.WRONG;
    }
    recognised.put(name, new Recognised(digest, hash));
    return Verdict.RIGHT;
  }

  /** Made once, which takes as long as a check: the first stranger waits twice. */
  private PasswordHash ofNobody() {
    PasswordHash made = ofNobody;
    if (made == null) {
      made = PasswordHash.of(NO_PASSWORD);
      ofNobody = made;
    }
    return made;
  }

  /** Users have changed: passwords of those that are gone are not recognised any more. */
  void usersChanged() {
    Users now = users.get();
    recognised
        .entrySet()
        .removeIf(
            entry -> {
              User user = now.find(entry.getKey());
              return user == null || !entry.getValue().isOf(user.password());
            });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
