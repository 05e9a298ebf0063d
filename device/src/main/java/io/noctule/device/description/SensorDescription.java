package io.noctule.device.description;

/**
 * One sensor of a device.
 *
 * @param source where the values come from
 * @param unit of the values, for people; empty for none
 * @param sampling when it is read and what is sent
 */
public record SensorDescription(SensorSource source, String unit, Sampling sampling) {
  private static final int MAX_UNIT_LENGTH = 32;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where the unit is longer than 32 characters
   */
  public SensorDescription {
    if (unit.length() > MAX_UNIT_LENGTH || unit.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "unit: must have at most " + MAX_UNIT_LENGTH + " characters, was '" + unit + "'");
    }
  }

  /** The same sensor, read at other times. */
  public SensorDescription with(Sampling other) {
    return new SensorDescription(source, unit, other);
  }
}
