package io.noctule.device.sensor;

import io.noctule.device.description.SensorSource;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Values made up, rounded as a real sensor rounds: to a power of ten that divides the range into at
 * least 500 parts. The same seed and times give the same values.
 */
final class SimulatedSensor implements Sensor {
  private static final double PARTS = 500;

  private final SensorSource.Simulated source;
  private final LongSupplier nanoClock;
  private final SplittableRandom random;
  private final long startNanos;
  private final double phase;
  private long lastNanos;
  private double walked;

  SimulatedSensor(SensorSource.Simulated source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
    this.random = new SplittableRandom(source.seed());
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
    this.phase = random.nextDouble() * 2 * Math.PI;
    this.walked = random.nextDouble(source.min(), source.max());
  }

  @Override
  public double read() {
    long nowNanos = nanoClock.getAsLong();
    double value =
        switch (source.shape()) {
          case SINE -> sine(nowNanos);
          case NOISE -> random.nextDouble(source.min(), source.max());
          case WALK -> walk(nowNanos);
        };
    lastNanos = nowNanos;
    return Math.clamp(rounded(value), source.min(), source.max());
  }

  private double sine(long nowNanos) {
    double turns = (double) (nowNanos - startNanos) / source.period().toNanos();
    double middle = source.min() + range() / 2;
    return middle + range() / 2 * Math.sin(2 * Math.PI * turns + phase);
  }

  /** Steps that grow with the root of time, as in nature, thrown back at both ends. */
  private double walk(long nowNanos) {
    double periods = (double) (nowNanos - lastNanos) / source.period().toNanos();
    double step = random.nextGaussian() * range() / 2 * Math.sqrt(Math.clamp(periods, 0, 1));
    double next = walked + step;
    if (next > source.max()) {
      next = 2 * source.max() - next;
    } else if (next < source.min()) {
      next = 2 * source.min() - next;
    }
    walked = Math.clamp(next, source.min(), source.max());
    return walked;
  }

  private double range() {
    return source.max() - source.min();
  }

  private double rounded(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(range() / PARTS)));
    return Math.rint(value / unit) * unit;
  }
}
