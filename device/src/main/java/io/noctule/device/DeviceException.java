package io.noctule.device;

import java.util.OptionalInt;

/**
 * Something that a device was asked to do and that did not happen: the message tells in one line
 * what and why. Fails the futures that {@link Device#publish} and {@link Device#subscribe} return.
 */
public final class DeviceException extends RuntimeException {
  private static final int NO_CODE = -1;

  private final int reasonCode;

  DeviceException(String message) {
    super(message);
    reasonCode = NO_CODE;
  }

  DeviceException(String message, Throwable cause) {
    super(message, cause);
    reasonCode = NO_CODE;
  }

  DeviceException(String message, int reasonCode, Throwable cause) {
    super(message, cause);
    this.reasonCode = reasonCode;
  }

  /** The broker's reason code, 128 to 255; empty where it is not the broker that refused. */
  public OptionalInt reasonCode() {
    return reasonCode == NO_CODE ? OptionalInt.empty() : OptionalInt.of(reasonCode);
  }
}
