package io.noctule.broker.access;

import io.noctule.protocol.packet.ReasonCode;

/** The answer to a client that wants in. */
public sealed interface Admission {
  /**
   * The client may come in.
   *
   * @param identity who it is from now on
   */
  record Granted(Identity identity) implements Admission {}

  /**
   * The client may not.
   *
   * @param reasonCode what it is told
   * @param told the same in words; nothing that helps a stranger to guess
   * @param why for the operator: what to do about it
   */
  record Refused(ReasonCode reasonCode, String told, String why) implements Admission {
    /** A refusal whose reason is no secret. */
    public Refused(ReasonCode reasonCode, String why) {
      this(reasonCode, why, why);
    }
  }
}
