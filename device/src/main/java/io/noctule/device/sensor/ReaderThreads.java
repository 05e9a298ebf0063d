package io.noctule.device.sensor;

import io.noctule.device.description.DeviceDescription;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads sensors one after the other, mostly on a single thread: five quick ones do not need five.
 * Slow ones get a thread each, and so does what waits behind one that hangs. A sensor has one read
 * at a time, so that queue and threads are bounded by the number of sensors.
 */
final class ReaderThreads implements SensorReaders, AutoCloseable {
  /** One for each sensor that can hang, and one for the others. */
  private static final int MAX_THREADS = DeviceDescription.MAX_SENSORS + 1;

  private static final int IDLE_SECONDS = 20;

  private final Queue<SensorRead> waiting = new ConcurrentLinkedQueue<>();
  private final InstantSource clock;
  private final Consumer<ReadOutcome> outcomes;

  /** Refused only when all threads hang: what waits then is taken by the first that comes back. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MAX_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("noctule-sensor-", 0).factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * Reads on threads of its own.
   *
   * @param outcomes told of each outcome, by the thread that read
   */
  ReaderThreads(InstantSource clock, Consumer<ReadOutcome> outcomes) {
    this.clock = clock;
    this.outcomes = outcomes;
  }

  @Override
  public void read(List<SensorRead> due) {
    due.stream().sorted(Comparator.comparing(SensorRead::slow).reversed()).forEach(waiting::add);
    long slow = due.stream().filter(SensorRead::slow).count();
    long wanted = slow == due.size() ? slow : slow + 1;
    for (long i = 0; i < wanted; i++) {
      threads.execute(this::drain);
    }
  }

  @Override
  public void hurry() {
    // One for each: if the next hangs as well, nobody would come back for those behind it.
    for (int i = waiting.size(); i > 0; i--) {
      threads.execute(this::drain);
    }
  }

  private void drain() {
    for (SensorRead read = waiting.poll(); read != null; read = waiting.poll()) {
      outcomes.accept(ReadOutcome.of(read, clock));
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** Interrupts what is being read; does not wait. */
  @Override
  public void close() {
    waiting.clear();
    threads.shutdownNow();
  }
}
