package io.noctule.history.query;

import java.io.Serial;

/** The database cannot be read now; the message tells why, in one line for the operator. */
public final class HistoryUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  HistoryUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
