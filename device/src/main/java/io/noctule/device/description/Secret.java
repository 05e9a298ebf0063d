package io.noctule.device.description;

/**
 * A value that no log shows.
 *
 * @param value the value itself
 */
public record Secret(String value) {
  /** Says nothing. */
  @Override
  public String toString() {
    return "***";
  }
}
