package io.noctule.device.sensor;

import java.util.List;

/** Carries out reads and hands the outcomes back to the sampler. */
interface SensorReaders {
  /** Begins to read; does not wait. */
  void read(List<SensorRead> due);

  /** Reads that have not begun shall wait no longer for one that takes its time. */
  void hurry();
}
