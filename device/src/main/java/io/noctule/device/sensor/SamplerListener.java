package io.noctule.device.sensor;

/**
 * Hears what a {@link Sampler} has to tell, on its thread: what takes long delays the next samples.
 * What it throws is logged, and sampling goes on.
 */
public interface SamplerListener {
  /** Values worth sending. */
  void onReading(Reading reading);

  /**
   * A sensor failed that had not, failed for another reason (told once a minute at most), or has a
   * value again.
   *
   * @param state {@link SensorState#error} tells which
   */
  void onSensorState(String sensor, SensorState state);
}
