package io.noctule.broker.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with what the broker hangs on it. All methods are for the loop's own thread, but
 * {@link #execute}, {@link #inLoop}, {@link #index} and {@link #nanos}.
 *
 * <p>Work is batched by turn: what is ready in one round of the selector is handled first; then,
 * once, commands for other loops leave as one batch a target, and each connection that was written
 * to is flushed.
 */
public final class BrokerLoop implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLoop.class);

  private final int index;
  private final EventLoop eventLoop;
  private final Ticker ticker;
  private final LoopCounters counters = new LoopCounters();

  // Written to in this turn. Bounded by the number of connections on the loop: each enters once.
  private List<TurnEnd> touched = new ArrayList<>();
  private List<TurnEnd> ending = new ArrayList<>();
  private boolean turnEndScheduled;
  private boolean inTurnEnd;

  // Commands for other loops, by their index. Bounded: see Outbox.
  private Outbox[] outboxes = new Outbox[0];
  // Whoever stopped reading because an outbox was full. Bounded by the number of connections.
  private final ArrayDeque<Runnable> paused = new ArrayDeque<>();

  BrokerLoop(int index, EventLoop eventLoop, Ticker ticker) {
    this.index = index;
    this.eventLoop = eventLoop;
    this.ticker = ticker;
  }

  /** Before the first command: makes the ways to all loops. */
  void connect(List<BrokerLoop> loops) {
    Outbox[] ways = new Outbox[loops.size()];
    for (BrokerLoop target : loops) {
      ways[target.index] = new Outbox(this, target);
    }
    outboxes = ways;
  }

  /** The position among the broker's loops, from 0. Any thread. */
  public int index() {
    return index;
  }

  /** Whether the caller is on this loop. Any thread. */
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  /** Netty's loop, to register channels with. Any thread. */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  /** What this loop has counted. */
  public LoopCounters counters() {
    return counters;
  }

  /** Nanoseconds of the broker's ticker. Any thread. */
  public long nanos() {
    return ticker.nanos();
  }

  /** Runs a command on this loop soon. Any thread; for single events rather than for messages. */
  @Override
  public void execute(Runnable command) {
    eventLoop.execute(() -> runSafely(command));
  }

  /** Runs a command on this loop after a time. */
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return eventLoop.schedule(() -> runSafely(command), delay, unit);
  }

  /** Runs a command on this loop again and again. */
  public void scheduleEvery(Runnable command, long period, TimeUnit unit) {
    var _ = eventLoop.scheduleWithFixedDelay(() -> runSafely(command), period, period, unit);
  }

  /**
   * Has a listener called once at the end of this turn; the caller sees to it that it asks once a
   * turn.
   */
  public void atTurnEnd(TurnEnd listener) {
    touched.add(listener);
    scheduleTurnEnd();
  }

  /**
   * Hands a command to another loop, in order, at the end of this turn.
   *
   * @param memoryBytes what it keeps in memory until it is run, estimated
   */
  public void post(BrokerLoop target, Runnable command, int memoryBytes) {
    outboxes[target.index].add(command, memoryBytes);
    scheduleTurnEnd();
  }

  /** Whether another loop is so far behind that connections should stop reading. */
  public boolean isCongested() {
    for (Outbox outbox : outboxes) {
      if (outbox.isFull()) {
        return true;
      }
    }
    return false;
  }

  /** Has a command run when no other loop is far behind any more. */
  public void whenRelieved(Runnable command) {
    counters.increment(Counter.READS_PAUSED);
    paused.add(command);
  }

  void onRelief() {
    if (isCongested()) {
      return;
    }
    for (int waiting = paused.size(); waiting > 0; waiting--) {
      runSafely(paused.remove());
    }
  }

  private void scheduleTurnEnd() {
    if (turnEndScheduled) {
      return;
    }
    turnEndScheduled = true;
    if (inTurnEnd) {
      // As a timer, so that the selector has its turn before: a chain of turn ends must not starve
      // it.
      var _ = eventLoop.schedule(this::endTurn, 0, TimeUnit.NANOSECONDS);
    } else {
      eventLoop.execute(this::endTurn);
    }
  }

  private void endTurn() {
    turnEndScheduled = false;
    inTurnEnd = true;
    try {
      sendAndFlush();
    } finally {
      inTurnEnd = false;
    }
  }

  private void sendAndFlush() {
    for (Outbox outbox : outboxes) {
      outbox.send();
    }
    // Swapped, since a flush may touch connections anew: those wait for the next turn's end.
    List<TurnEnd> now = touched;
    touched = ending;
    ending = now;
    for (int i = 0; i < now.size(); i++) {
      try {
        now.get(i).onTurnEnd();
      } catch (Throwable e) {
        LOG.error("a connection failed at the end of a turn; the others go on", e);
      }
    }
    now.clear();
  }

  /** A command that fails must not take the others of its batch along, nor the loop. */
  static void runSafely(@Nullable Runnable command) {
    if (command == null) {
      return;
    }
    try {
      command.run();
    } catch (Throwable e) {
      // Errors too: out of direct memory, say, is one connection's misfortune, not the loop's end.
      LOG.error("a command failed; the loop goes on", e);
    }
  }

  @Override
  public String toString() {
    return "loop " + index;
  }
}
