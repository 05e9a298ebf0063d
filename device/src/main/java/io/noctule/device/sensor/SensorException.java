package io.noctule.device.sensor;

/** A sensor has no value, and why not: a sentence for people that names what to look at. */
public final class SensorException extends Exception {
  /** With the reason alone. */
  public SensorException(String reason) {
    super(reason);
  }

  /** With the reason and what it comes from. */
  public SensorException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
