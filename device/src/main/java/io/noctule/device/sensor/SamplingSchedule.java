package io.noctule.device.sensor;

import io.noctule.device.description.SensorDescription;
import io.noctule.device.description.SensorSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when each sensor is read and what of it is sent. Sensors are due at whole multiples of
 * their interval since the start, so that those with the same interval, or with 1 s and 5 s, meet
 * and share a reading. Owned by the sampler's thread, which tells it the time; only {@link #states}
 * is for any thread.
 */
final class SamplingSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(SamplingSchedule.class);

  /** How long a round waits for its slower sensors; what comes later is sent by itself. */
  static final Duration GRACE = Duration.ofMillis(250);

  /** After which a sensor that has no time limit of its own counts as hanging. */
  static final Duration HANGS_AFTER = Duration.ofSeconds(10);

  /** How often a sensor may tell that it fails for another reason now. */
  static final Duration REASON_PAUSE = Duration.ofMinutes(1);

  private static final long TOLERANCE_NANOS = Duration.ofMillis(1).toNanos();

  private final SensorFactory factory;
  private final SensorReaders readers;
  private final InstantSource clock;
  private final SamplerListener listener;
  private final long startNanos;
  private final Map<String, SensorState> states = new ConcurrentHashMap<>();
  private Map<String, Slot> slots = new LinkedHashMap<>();
  private @Nullable Round open;
  private long reads;

  SamplingSchedule(
      SensorFactory factory,
      SensorReaders readers,
      InstantSource clock,
      SamplerListener listener,
      long startNanos) {
    this.factory = factory;
    this.readers = readers;
    this.clock = clock;
    this.listener = listener;
    this.startNanos = startNanos;
  }

  /** What is known of each sensor, by name; any thread. */
  Map<String, SensorState> states() {
    return Map.copyOf(states);
  }

  /** Reads these sensors from now on. One that takes its values from where it did goes on. */
  void configure(Map<String, SensorDescription> sensors, long nowNanos) {
    var next = new LinkedHashMap<String, Slot>();
    sensors.forEach((name, description) -> next.put(name, slot(name, description, nowNanos)));
    slots = next;
    states.keySet().retainAll(next.keySet());
  }

  private Slot slot(String name, SensorDescription description, long nowNanos) {
    Slot slot = slots.get(name);
    boolean replaced = slot == null || !slot.description.source().equals(description.source());
    if (slot == null || replaced) {
      slot = new Slot(name, factory.open(description.source()), description);
      states.put(name, SensorState.NEW);
    }
    boolean wasOff = slot.dueNanos == Slot.NEVER;
    boolean intervalChanged =
        slot.description.sampling().intervalSeconds() != description.sampling().intervalSeconds();
    slot.description = description;
    if (!description.sampling().enabled()) {
      slot.dueNanos = Slot.NEVER;
    } else if (replaced || wasOff) {
      slot.dueNanos = nowNanos;
    } else if (intervalChanged) {
      slot.dueNanos = nextMultiple(slot, nowNanos);
    }
    return slot;
  }

  /** The first multiple of the interval that is not now. */
  private long nextMultiple(Slot slot, long nowNanos) {
    long interval = slot.intervalNanos();
    long passed = (nowNanos - startNanos + TOLERANCE_NANOS) / interval;
    return startNanos + (passed + 1) * interval;
  }

  /**
   * Does what is due.
   *
   * @return nanoseconds until there is something to do again, {@link Slot#NEVER} for nothing
   */
  long advance(long nowNanos) {
    if (open != null && nowNanos >= open.deadlineNanos) {
      closeRound();
      readers.hurry();
    }
    List<Slot> due = new ArrayList<>();
    for (Slot slot : slots.values()) {
      tellIfHanging(slot, nowNanos);
      if (slot.dueNanos != Slot.NEVER && slot.dueNanos <= nowNanos + TOLERANCE_NANOS) {
        slot.dueNanos = nextMultiple(slot, nowNanos);
        if (slot.underWay == null) {
          due.add(slot);
        }
      }
    }
    if (!due.isEmpty()) {
      // So that readings leave in the order of their time.
      closeRound();
      beginRound(due, nowNanos);
    }
    return untilNext(nowNanos);
  }

  private void beginRound(List<Slot> due, long nowNanos) {
    var round = new Round(clock.instant(), nowNanos + GRACE.toNanos());
    List<SensorRead> batch = new ArrayList<>();
    for (Slot slot : due) {
      boolean slow = slot.description.source() instanceof SensorSource.OfCommand;
      var read = new SensorRead(++reads, slot.name, slot.sensor, slow);
      slot.underWay = read;
      slot.underWaySinceNanos = nowNanos;
      slot.hanging = false;
      round.await(read);
      batch.add(read);
    }
    open = round;
    readers.read(batch);
  }

  private long untilNext(long nowNanos) {
    long next = open == null ? Slot.NEVER : open.deadlineNanos;
    for (Slot slot : slots.values()) {
      next = Math.min(next, slot.dueNanos);
      if (slot.underWay != null && !slot.hanging && canHang(slot)) {
        next = Math.min(next, slot.underWaySinceNanos + HANGS_AFTER.toNanos());
      }
    }
    return next == Slot.NEVER ? Slot.NEVER : Math.max(0, next - nowNanos);
  }

  /** Takes what a reader found. */
  void onOutcome(ReadOutcome outcome, long nowNanos) {
    SensorRead read = outcome.read();
    Round round = open != null && open.awaits(read) ? open : null;
    if (round != null) {
      round.onOutcome(read);
    }
    Slot slot = slots.get(read.name());
    if (slot != null && slot.underWay != null && slot.underWay.id() == read.id()) {
      slot.underWay = null;
      if (outcome.error() != null) {
        fail(slot, outcome.error(), nowNanos);
      } else {
        take(slot, round, outcome, nowNanos);
      }
    }
    if (round != null && round.isComplete()) {
      closeRound();
    }
  }

  private void take(Slot slot, @Nullable Round round, ReadOutcome outcome, long nowNanos) {
    boolean recovered = slot.state.error() != null;
    // One that answered in time was read together with the others of its round.
    var time = round == null ? outcome.time() : round.time;
    setState(slot, new SensorState(outcome.value(), time, null));
    if (recovered) {
      tell(() -> listener.onSensorState(slot.name, slot.state));
    }
    if (!slot.description.sampling().enabled() || !slot.isWorthSending(outcome.value(), nowNanos)) {
      return;
    }
    slot.onSent(outcome.value(), nowNanos);
    if (round == null) {
      var reading = new Reading(time, Map.of(slot.name, outcome.value()));
      tell(() -> listener.onReading(reading));
    } else {
      round.put(slot.name, outcome.value());
    }
  }

  private void tellIfHanging(Slot slot, long nowNanos) {
    if (slot.underWay != null
        && !slot.hanging
        && canHang(slot)
        && nowNanos - slot.underWaySinceNanos >= HANGS_AFTER.toNanos()) {
      slot.hanging = true;
      fail(slot, "gives no answer for " + HANGS_AFTER.toSeconds() + " seconds", nowNanos);
    }
  }

  /** A command is killed by itself when its time is over. */
  private static boolean canHang(Slot slot) {
    return !(slot.description.source() instanceof SensorSource.OfCommand);
  }

  private void fail(Slot slot, String reason, long nowNanos) {
    slot.forgetSent();
    String known = slot.state.error();
    boolean worthTelling =
        known == null
            || (!known.equals(reason) && nowNanos - slot.errorToldNanos >= REASON_PAUSE.toNanos());
    if (worthTelling) {
      slot.errorToldNanos = nowNanos;
      setState(slot, new SensorState(slot.state.value(), slot.state.time(), reason));
      tell(() -> listener.onSensorState(slot.name, slot.state));
    }
  }

  private void setState(Slot slot, SensorState state) {
    slot.state = state;
    states.put(slot.name, state);
  }

  private void closeRound() {
    Round round = open;
    open = null;
    if (round != null) {
      round.reading(slots.keySet()).ifPresent(reading -> tell(() -> listener.onReading(reading)));
    }
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("The listener of the sensors failed", e);
    }
  }
}
