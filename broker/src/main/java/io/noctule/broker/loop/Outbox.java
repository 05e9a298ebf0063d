package io.noctule.broker.loop;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way from one loop to another: commands gather during a turn and leave as one batch.
 *
 * <p>Bound: with {@value #FULL_COMMANDS} commands or {@value #FULL_BYTES} bytes not yet run by the
 * target the outbox is full; then the connections of the source stop reading ({@link
 * BrokerLoop#isCongested}) until the target is down to half of both. What is already read is still
 * handed over, so a full outbox loses nothing.
 */
final class Outbox {
  private static final int FULL_COMMANDS = 65_536;
  private static final long FULL_BYTES = 16L << 20;
  private static final int FIRST_CAPACITY = 64;

  private final BrokerLoop source;
  private final BrokerLoop target;
  private Runnable[] commands = new Runnable[FIRST_CAPACITY];
  private int size;
  private long bytes;

  /** Handed over and not yet run; added to by the source, taken from by the target. */
  private final AtomicInteger outstandingCommands = new AtomicInteger();

  private final AtomicLong outstandingBytes = new AtomicLong();

  Outbox(BrokerLoop source, BrokerLoop target) {
    this.source = source;
    this.target = target;
  }

  /** On the source. */
  void add(Runnable command, int memoryBytes) {
    if (size == commands.length) {
      commands = Arrays.copyOf(commands, size * 2);
    }
    commands[size++] = command;
    bytes += memoryBytes;
  }

  /** On the source. */
  boolean isFull() {
    return outstandingCommands.get() + size >= FULL_COMMANDS
        || outstandingBytes.get() + bytes >= FULL_BYTES;
  }

  /** On the source, at the end of its turn. */
  void send() {
    if (size == 0) {
      return;
    }
    Runnable[] batch = commands;
    int count = size;
    long batchBytes = bytes;
    commands = new Runnable[Math.max(FIRST_CAPACITY, Integer.highestOneBit(count))];
    size = 0;
    bytes = 0;
    outstandingCommands.addAndGet(count);
    outstandingBytes.addAndGet(batchBytes);
    target.eventLoop().execute(() -> run(batch, count, batchBytes));
  }

  /** On the target. */
  private void run(Runnable[] batch, int count, long batchBytes) {
    for (int i = 0; i < count; i++) {
      BrokerLoop.runSafely(batch[i]);
    }
    boolean wasRelieved = isRelieved();
    outstandingCommands.addAndGet(-count);
    outstandingBytes.addAndGet(-batchBytes);
    if (!wasRelieved && isRelieved()) {
      source.execute(source::onRelief);
    }
  }

  private boolean isRelieved() {
    return outstandingCommands.get() < FULL_COMMANDS / 2 && outstandingBytes.get() < FULL_BYTES / 2;
  }
}
