package io.noctule.device;

/**
 * The network connection ended before the broker had answered: nobody knows whether it received the
 * packet.
 */
final class ConnectionLostException extends RuntimeException {
  ConnectionLostException(Throwable cause) {
    super("the connection was lost", cause);
  }
}
