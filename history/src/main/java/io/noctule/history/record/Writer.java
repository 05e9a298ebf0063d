package io.noctule.history.record;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseFailure;
import io.noctule.history.database.Store;
import io.noctule.history.database.Stored;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits, commits it as one transaction, acknowledges it, and takes what gathered
 * meanwhile. When the database fails nothing is acknowledged, and the same messages are tried again
 * until they are committed. Removes old data when there is nothing else to do, or now and then. A
 * thread of its own.
 */
final class Writer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH = 5_000;
  private static final long NONE = -1;
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Database database;
  private final String clientId;
  private final Intake intake;
  private final Counters counters;
  private final Progress progress;
  private final BackOff backOff;
  private final Retention retention;
  private final LimitNotices notices;
  // Taken from the intake and not committed; more than one part after the database refused one.
  private final Deque<List<Message>> pending = new ArrayDeque<>();
  private boolean newSession;
  // The number under which the first part was tried; NONE where it was not.
  private long attempted = NONE;
  private final AtomicInteger pendingMessages = new AtomicInteger();
  private @Nullable Store store;

  Writer(
      Database database,
      String clientId,
      Intake intake,
      Counters counters,
      Progress progress,
      BackOff backOff,
      @Nullable Duration keep,
      InstantSource clock) {
    this.database = database;
    this.clientId = clientId;
    this.intake = intake;
    this.counters = counters;
    this.progress = progress;
    this.backOff = backOff;
    retention = new Retention(keep, clock);
    notices = new LimitNotices(counters, clock);
  }

  /** Until the intake is closed and empty, or closed and the database away. */
  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        more = turn();
      }
    } catch (InterruptedException _) {
      // Asked to end: what is not committed is not acknowledged either.
      Thread.currentThread().interrupt();
    } finally {
      closeStore();
    }
  }

  /** Returns whether to go on. */
  private boolean turn() throws InterruptedException {
    try {
      Store open = store;
      if (open == null) {
        open = database.openStore(clientId);
        store = open;
        recovered();
      }
      if (pending.isEmpty()) {
        take();
      }
      commit(open);
      retention.step(open, pending.isEmpty());
      notices.tell();
      return !(intake.isClosed() && pending.isEmpty() && intake.size() == 0);
    } catch (SQLException e) {
      closeStore();
      return setAside(e) || !failed(DatabaseFailure.reason(e));
    } catch (RuntimeException | LinkageError e) {
      // A driver's or ours: told in full, and tried again like any failure of the database.
      LOG.error("history: the database failed", e);
      closeStore();
      return !failed(e.toString());
    }
  }

  private void recovered() {
    backOff.reset();
    if (progress.database(null)) {
      int waiting = waiting();
      LOG.info(
          "history: keeps messages in {}{}",
          database.address(),
          waiting == 0 ? "" : ", %d wait".formatted(waiting));
    }
  }

  private void take() throws InterruptedException {
    Intake.Batch batch = intake.take(BATCH, retention.isBusy() ? Duration.ZERO : IDLE);
    newSession |= batch.newSession();
    if (!batch.messages().isEmpty()) {
      pending.add(batch.messages());
      pendingMessages.set(batch.messages().size());
    }
  }

  private void commit(Store open) throws SQLException {
    if (newSession) {
      open.forgetPackets();
      newSession = false;
    }
    List<Message> batch = pending.peek();
    if (batch == null) {
      return;
    }
    if (attempted != NONE && attempted <= open.lastBatch()) {
      // Committed the last time, when the database went away before it could say so.
      count(new Stored(batch.size(), 0, 0, 0, 0));
    } else {
      attempted = open.lastBatch() + 1;
      count(open.store(batch.stream().map(Message::entry).toList()));
    }
    done(batch);
  }

  /** Only now may the broker forget them. */
  private void done(List<Message> batch) {
    Map<BrokerSession, List<Integer>> packetIds = new LinkedHashMap<>();
    for (Message message : batch) {
      if (message.packetId() != 0) {
        packetIds.computeIfAbsent(message.origin(), _ -> new ArrayList<>()).add(message.packetId());
      }
    }
    packetIds.forEach(BrokerSession::acknowledge);
    pending.remove();
    attempted = NONE;
    pendingMessages.addAndGet(-batch.size());
  }

  private void count(Stored stored) {
    counters.messages.add(stored.messages());
    counters.readings.add(stored.readings());
    counters.known.add(stored.known());
    counters.readingsOverLimit.add(stored.readingsOverLimit());
    counters.messagesOverLimit.add(stored.messagesOverLimit());
  }

  /**
   * Where the data is at fault: halves the batch until the one message is found, and gives it up,
   * so that all behind it do not wait for ever. Returns false where the database is at fault.
   */
  private boolean setAside(SQLException failure) {
    List<Message> batch = pending.peek();
    if (batch == null || !DatabaseFailure.isDataRefused(failure)) {
      return false;
    }
    attempted = NONE;
    if (batch.size() > 1) {
      pending.remove();
      int half = batch.size() / 2;
      pending.addFirst(batch.subList(half, batch.size()));
      pending.addFirst(batch.subList(0, half));
    } else {
      counters.refused.increment();
      LOG.error(
          "history: the database refuses a message of {} ({} bytes) on {}, which is given up: {}",
          batch.getFirst().entry().device(),
          batch.getFirst().entry().payload().size(),
          batch.getFirst().entry().topic(),
          DatabaseFailure.reason(failure));
      done(batch);
    }
    return true;
  }

  /** Tells the reason once, and waits; returns whether it is asked to end. */
  private boolean failed(String reason) throws InterruptedException {
    if (progress.database(reason)) {
      LOG.warn(
          "history: {} does not take messages, the broker keeps them: {}",
          database.address(),
          reason);
    }
    return intake.awaitClosed(backOff.next());
  }

  private void closeStore() {
    Store open = store;
    store = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("closing the database: {}", e.getMessage());
      }
    }
  }

  /** Messages that have come and are not committed. Any thread. */
  int waiting() {
    return intake.size() + pendingMessages.get();
  }
}
