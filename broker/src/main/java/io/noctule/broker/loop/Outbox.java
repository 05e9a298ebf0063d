package io.noctule.broker.loop;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way from one loop to another: commands gather during a turn and leave as one batch.
 *
 * <p>Bound: with {@value #FULL} commands not yet run by the target the outbox is full; then the
 * connections of the source stop reading ({@link BrokerLoop#isCongested}) until the target is down
 * to half of it. What is already read is still handed over, so a full outbox loses nothing.
 */
final class Outbox {
  private static final int FULL = 65_536;
  private static final int RELIEVED = FULL / 2;
  private static final int FIRST_CAPACITY = 64;

  private final BrokerLoop source;
  private final BrokerLoop target;
  private Runnable[] commands = new Runnable[FIRST_CAPACITY];
  private int size;

  /** Handed over and not yet run; added to by the source, taken from by the target. */
  private final AtomicInteger outstanding = new AtomicInteger();

  Outbox(BrokerLoop source, BrokerLoop target) {
    this.source = source;
    this.target = target;
  }

  /** On the source. */
  void add(Runnable command) {
    if (size == commands.length) {
      commands = java.util.Arrays.copyOf(commands, size * 2);
    }
    commands[size++] = command;
  }

  /** On the source. */
  boolean isFull() {
    return outstanding.get() + size >= FULL;
  }

  /** On the source, at the end of its turn. */
  void send() {
    if (size == 0) {
      return;
    }
    Runnable[] batch = commands;
    int count = size;
    commands = new Runnable[Math.max(FIRST_CAPACITY, Integer.highestOneBit(count))];
    size = 0;
    outstanding.addAndGet(count);
    target.eventLoop().execute(() -> run(batch, count));
  }

  /** On the target. */
  private void run(Runnable[] batch, int count) {
    for (int i = 0; i < count; i++) {
      BrokerLoop.runSafely(batch[i]);
    }
    int left = outstanding.addAndGet(-count);
    if (left < RELIEVED && left + count >= RELIEVED) {
      source.execute(source::onRelief);
    }
  }
}
