package io.noctule.app.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The request to end the process (Ctrl-C, SIGTERM), as something that a command can wait for, so
 * that it ends cleanly and with an exit status of its own. Any thread.
 */
public final class Termination {
  /**
   * How long a command may take to end after the request; afterwards the process ends regardless.
   */
  private static final Duration GRACE = Duration.ofSeconds(4);

  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean clean;
  private volatile int exitStatus = CommandFailure.FAILED;

  /** A termination that only {@link #request} asks for. */
  public Termination() {}

  /** A termination that the process's signals ask for. */
  public static Termination ofProcess() {
    var termination = new Termination();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(termination::endProcess, "noctule-termination"));
    return termination;
  }

  /** Asks the command to end. */
  public void request() {
    requested.complete(null);
  }

  /** Whether the command has been asked to end. */
  public boolean isRequested() {
    return requested.isDone();
  }

  /**
   * Runs an action when the command is asked to end, at once where it has been. The action runs on
   * the thread that asks and must not block for long. A command that calls this ends by itself,
   * with its own exit status.
   */
  public void onRequest(Runnable action) {
    clean = true;
    var _ = requested.thenRun(action);
  }

  /**
   * Waits until the command is asked to end, or for a time. A command that calls this ends by
   * itself.
   *
   * @param limit how long to wait at most
   * @return whether the command has been asked to end
   * @throws InterruptedException where the waiting thread is interrupted
   */
  public boolean await(Duration limit) throws InterruptedException {
    clean = true;
    try {
      requested.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("the request never fails", e);
    }
  }

  /** Tells that the command has ended. */
  public void finish(int status) {
    exitStatus = status;
    finished.countDown();
  }

  /**
   * The shutdown hook. The JVM would end with 128 + signal; a command that ends by itself decides
   * instead. One that has not announced that it does is not waited for.
   */
  private void endProcess() {
    if (finished.getCount() == 0 || !clean) {
      return;
    }
    request();
    try {
      if (finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(exitStatus);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
