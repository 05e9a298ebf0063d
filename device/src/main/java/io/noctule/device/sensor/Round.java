package io.noctule.device.sensor;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sensors that are read at one moment, and what of it is worth sending. Owned by the sampler's
 * thread.
 */
final class Round {
  final Instant time;
  final long deadlineNanos;
  private final Set<Long> awaited = new HashSet<>();
  private final Map<String, Double> values = new HashMap<>();

  Round(Instant time, long deadlineNanos) {
    this.time = time;
    this.deadlineNanos = deadlineNanos;
  }

  void await(SensorRead read) {
    awaited.add(read.id());
  }

  /** Whether the outcome of this read is still to come in this round. */
  boolean awaits(SensorRead read) {
    return awaited.contains(read.id());
  }

  void onOutcome(SensorRead read) {
    awaited.remove(read.id());
  }

  void put(String name, double value) {
    values.put(name, value);
  }

  boolean isComplete() {
    return awaited.isEmpty();
  }

  /**
   * The values as a reading; empty where none was worth sending.
   *
   * @param order the names of all sensors
   */
  Optional<Reading> reading(Iterable<String> order) {
    var sorted = new LinkedHashMap<String, Double>();
    for (String name : order) {
      Double value = values.get(name);
      if (value != null) {
        sorted.put(name, value);
      }
    }
    return sorted.isEmpty() ? Optional.empty() : Optional.of(new Reading(time, sorted));
  }
}
