package io.noctule.device.action;

/** An action that was not done for a message: the message of the exception tells why. */
public final class ActionException extends Exception {
  /** With the reason in one line. */
  public ActionException(String reason) {
    super(reason);
  }

  /** With the reason in one line and what led to it. */
  public ActionException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
