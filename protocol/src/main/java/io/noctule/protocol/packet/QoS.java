package io.noctule.protocol.packet;

/** The quality of service of a message or a subscription (MQTT 5.0, section 4.3). */
public enum QoS {
  /** Sent once, may be lost. */
  AT_MOST_ONCE,
  /** Sent until acknowledged, may arrive more than once. */
  AT_LEAST_ONCE,
  /** Arrives exactly once. */
  EXACTLY_ONCE;

  private static final QoS[] BY_VALUE = values();

  /** The number on the wire, 0 to 2. */
  public int value() {
    return ordinal();
  }

  /**
   * The quality of service of a number.
   *
   * @param value 0 to 2
   * @throws IllegalArgumentException for any other number
   */
  public static QoS of(int value) {
    if (value < 0 || value > 2) {
      throw new IllegalArgumentException("QoS must be 0, 1 or 2, was " + value);
    }
    return BY_VALUE[value];
  }

  /** The lower of this and another. */
  public QoS min(QoS other) {
    return ordinal() <= other.ordinal() ? this : other;
  }

  /** The higher of this and another. */
  public QoS max(QoS other) {
    return ordinal() >= other.ordinal() ? this : other;
  }
}
