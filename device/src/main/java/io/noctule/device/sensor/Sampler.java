package io.noctule.device.sensor;

import io.noctule.device.description.SensorDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sensors of a device in time and tells what is worth sending. One thread plans, others
 * read: a sensor that is slow or hangs delays no other. Methods may be called by any thread.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  /**
   * What the thread is told. One outcome of each sensor at most, and configurations, which come
   * rarely: when full, the sender waits.
   */
  private static final int MAX_EVENTS = 1_024;

  private sealed interface Event {
    record Outcome(ReadOutcome outcome) implements Event {}

    record Configure(Map<String, SensorDescription> sensors) implements Event {}

    record Close() implements Event {}
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MAX_EVENTS);
  private final ReaderThreads readers;
  private final SamplingSchedule schedule;
  private final Thread thread;

  private Sampler(SensorFactory factory, InstantSource clock, SamplerListener listener) {
    readers = new ReaderThreads(clock, outcome -> enqueue(new Event.Outcome(outcome)));
    schedule = new SamplingSchedule(factory, readers, clock, listener, System.nanoTime());
    thread = Thread.ofPlatform().daemon().name("noctule-sampler").unstarted(this::run);
  }

  /**
   * Begins to read sensors.
   *
   * @param sensors by name, such as {@code DeviceConfiguration.sensors()}
   * @param listener called by the sampler's thread
   */
  public static Sampler start(Map<String, SensorDescription> sensors, SamplerListener listener) {
    return start(sensors, listener, SensorFactory::ofMachine, InstantSource.system());
  }

  static Sampler start(
      Map<String, SensorDescription> sensors,
      SamplerListener listener,
      SensorFactory factory,
      InstantSource clock) {
    var sampler = new Sampler(factory, clock, listener);
    sampler.configure(sensors);
    sampler.thread.start();
    return sampler;
  }

  /**
   * From now on reads these sensors, soon after the call. Sensors that stay where they are go on
   * without a gap; one that is new, or was off, is read at once.
   */
  public void configure(Map<String, SensorDescription> sensors) {
    enqueue(new Event.Configure(Collections.unmodifiableMap(new LinkedHashMap<>(sensors))));
  }

  /** What is known of each sensor now, by name. */
  public Map<String, SensorState> states() {
    return schedule.states();
  }

  private void enqueue(Event event) {
    try {
      events.put(event);
    } catch (InterruptedException e) {
      // Only a reader that is being ended, whose outcome nobody waits for, or a caller that gives
      // up.
      Thread.currentThread().interrupt();
      LOG.debug("Interrupted while telling the sampler", e);
    }
  }

  private void run() {
    try {
      for (boolean running = true; running; ) {
        long waitNanos = schedule.advance(System.nanoTime());
        Event event = events.poll(waitNanos, TimeUnit.NANOSECONDS);
        while (running && event != null) {
          running = handle(event);
          event = events.poll();
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("The sampler was interrupted; no sensor is read any more", e);
    }
  }

  private boolean handle(Event event) {
    switch (event) {
      case Event.Outcome(var outcome) -> schedule.onOutcome(outcome, System.nanoTime());
      case Event.Configure(var sensors) -> schedule.configure(sensors, System.nanoTime());
      case Event.Close() -> {
        return false;
      }
    }
    return true;
  }

  /**
   * Ends reading; the listener is not called any more once this returns, which takes two seconds at
   * most. Programs that a sensor has started are killed.
   */
  @Override
  public void close() {
    readers.close();
    enqueue(new Event.Close());
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
