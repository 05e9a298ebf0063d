package io.noctule.device.sensor;

/** Something that can be measured again and again. Read by one thread at a time. */
@FunctionalInterface
public interface Sensor {
  /**
   * The value now. May wait for a device or a program; ends soon after the thread is interrupted.
   *
   * @throws SensorException where there is no value, telling why
   */
  double read() throws SensorException;
}
