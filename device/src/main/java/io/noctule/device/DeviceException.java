package io.noctule.device;

/**
 * Something that a device was asked to do and that did not happen: the message tells in one line
 * what and why. Fails the futures that {@link Device#publish} and {@link Device#subscribe} return.
 */
public final class DeviceException extends RuntimeException {
  DeviceException(String message) {
    super(message);
  }

  DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
