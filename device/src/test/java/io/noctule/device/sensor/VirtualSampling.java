package io.noctule.device.sensor;

import io.noctule.device.description.Sampling;
import io.noctule.device.description.SensorDescription;
import io.noctule.device.description.SensorSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A schedule whose time and sensors the test moves. */
final class VirtualSampling implements SensorReaders, SamplerListener {
  static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

  /** What was told, each as a line: {@code 5.0 {a=1.0}} or {@code a: reason}. */
  final List<String> told = new ArrayList<>();

  /** Reads that wait for the test to answer. */
  final Map<String, SensorRead> asked = new LinkedHashMap<>();

  private final SamplingSchedule schedule;
  private long nowNanos;
  int hurried;

  VirtualSampling(Map<String, SensorDescription> sensors) {
    schedule =
        new SamplingSchedule(_ -> () -> 0, this, () -> START.plusNanos(nowNanos), this, nowNanos);
    schedule.configure(sensors, nowNanos);
    schedule.advance(nowNanos);
  }

  static Map<String, SensorDescription> sensors(Object... namesAndSamplings) {
    var sensors = new LinkedHashMap<String, SensorDescription>();
    for (int i = 0; i < namesAndSamplings.length; i += 2) {
      String name = (String) namesAndSamplings[i];
      sensors.put(name, sensor(name, (Sampling) namesAndSamplings[i + 1]));
    }
    return sensors;
  }

  static SensorDescription sensor(String name, Sampling sampling) {
    var source = new SensorSource.OfFile(Path.of(name), SensorSource.Linear.IDENTITY, null);
    return new SensorDescription(source, "", sampling);
  }

  static Sampling every(double seconds) {
    return new Sampling(seconds, 0, OptionalDouble.empty(), true);
  }

  static Sampling every(double seconds, double sensitivity) {
    return new Sampling(seconds, sensitivity, OptionalDouble.empty(), true);
  }

  void configure(Map<String, SensorDescription> sensors) {
    schedule.configure(sensors, nowNanos);
    schedule.advance(nowNanos);
  }

  Map<String, SensorState> states() {
    return schedule.states();
  }

  /** Lets time pass as the sampler's thread would, waking whenever the schedule asks for it. */
  void passTo(double seconds) {
    long end = Math.round(seconds * 1e9);
    long wait = schedule.advance(nowNanos);
    while (wait != Slot.NEVER && nowNanos + wait <= end) {
      nowNanos += wait;
      wait = schedule.advance(nowNanos);
    }
    nowNanos = end;
  }

  double value(String name, double value) {
    SensorRead read = take(name);
    schedule.onOutcome(new ReadOutcome(read, START.plusNanos(nowNanos), value, null), nowNanos);
    return value;
  }

  void failure(String name, String reason) {
    SensorRead read = take(name);
    schedule.onOutcome(
        new ReadOutcome(read, START.plusNanos(nowNanos), Double.NaN, reason), nowNanos);
  }

  private SensorRead take(String name) {
    SensorRead read = asked.remove(name);
    if (read == null) {
      throw new AssertionError(name + " was not read at " + nowNanos / 1e9);
    }
    return read;
  }

  List<String> takeTold() {
    List<String> copy = List.copyOf(told);
    told.clear();
    return copy;
  }

  @Override
  public void read(List<SensorRead> due) {
    due.forEach(read -> asked.put(read.name(), read));
  }

  @Override
  public void hurry() {
    hurried++;
  }

  @Override
  public void onReading(Reading reading) {
    told.add(Duration.between(START, reading.time()).toMillis() / 1e3 + " " + reading.values());
  }

  @Override
  public void onSensorState(String sensor, SensorState state) {
    told.add(sensor + ": " + (state.error() == null ? "well" : state.error()));
  }
}
