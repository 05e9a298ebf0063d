package io.noctule.device.sensor;

import java.util.function.LongSupplier;

/**
 * How fast a counter of bytes grew since the last read; at first since the machine started. A
 * counter that has become smaller, as when an interface goes, counts as standing still.
 */
final class NetworkRate implements Sensor {
  private final LongSupplier bytes;
  private final double bytesPerUnit;
  private final LongSupplier nanoClock;
  private long bytesBefore;
  private long nanosBefore;
  private boolean first = true;

  NetworkRate(LongSupplier bytes, double bytesPerUnit) {
    this(bytes, bytesPerUnit, System::nanoTime);
  }

  NetworkRate(LongSupplier bytes, double bytesPerUnit, LongSupplier nanoClock) {
    this.bytes = bytes;
    this.bytesPerUnit = bytesPerUnit;
    this.nanoClock = nanoClock;
  }

  @Override
  public double read() throws SensorException {
    long now = nanoClock.getAsLong();
    long total = bytes.getAsLong();
    double seconds = first ? Machine.uptimeSeconds() : (now - nanosBefore) / 1e9;
    long grown = first ? total : Math.max(0, total - bytesBefore);
    first = false;
    bytesBefore = total;
    nanosBefore = now;
    if (seconds <= 0) {
      throw new SensorException("no time has passed since it was last read");
    }
    return grown / seconds / bytesPerUnit;
  }
}
