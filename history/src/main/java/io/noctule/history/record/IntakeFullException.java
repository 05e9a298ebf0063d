package io.noctule.history.record;

import java.io.Serial;

/** Ends a connection whose messages do not fit any more; the broker keeps them. */
final class IntakeFullException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  IntakeFullException() {
    super("more messages than fit into memory wait for the database");
  }
}
