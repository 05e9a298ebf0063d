package io.noctule.broker.access;

import io.noctule.protocol.packet.ReasonCode;

/** The answer to a client that wants in. */
public sealed interface Admission {
  /** The client may come in. */
  enum Granted implements Admission {
    /** Without conditions. */
    INSTANCE
  }

  /**
   * The client may not.
   *
   * @param reasonCode what it is told
   * @param why for the operator: what to do about it
   */
  record Refused(ReasonCode reasonCode, String why) implements Admission {}
}
