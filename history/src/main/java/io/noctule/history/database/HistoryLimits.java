package io.noctule.history.database;

/**
 * What one history takes at most, so that no device can fill it with names.
 *
 * @param devices devices; messages of further ones are kept under {@link #OTHER_DEVICES}
 * @param series series of all devices
 * @param seriesOfDevice series of one device; readings of further ones are left out, their messages
 *     are kept
 * @param readingsOfMessage numbers taken from one message
 * @param nameLength characters of a name; longer ones of devices are cut, longer ones of series
 *     left out
 * @param payloadBytes bytes of a payload that are kept; of longer ones only the size
 */
public record HistoryLimits(
    int devices,
    int series,
    int seriesOfDevice,
    int readingsOfMessage,
    int nameLength,
    int payloadBytes) {
  /** The name under which messages of devices beyond the limit are kept. */
  public static final String OTHER_DEVICES = "(other devices)";

  /** Ten thousand devices, a hundred thousand series. */
  public static final HistoryLimits DEFAULT =
      new HistoryLimits(10_000, 100_000, 1_000, 256, 200, 1 << 20);

  /** Checks the values. */
  public HistoryLimits {
    requirePositive("devices", devices);
    requirePositive("series", series);
    requirePositive("seriesOfDevice", seriesOfDevice);
    requirePositive("readingsOfMessage", readingsOfMessage);
    requirePositive("nameLength", nameLength);
    requirePositive("payloadBytes", payloadBytes);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be positive, was %d".formatted(name, value));
    }
  }
}
