package io.noctule.protocol.codec;

import io.noctule.protocol.packet.ReasonCode;
import java.io.Serial;

/**
 * Bytes or a packet that the standard forbids, with the reason code that answers them. The only
 * exception that decoding throws. Carries no stack trace, since what strangers send must be cheap
 * to refuse.
 */
public final class ProtocolException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final ReasonCode reasonCode;

  /**
   * A fault.
   *
   * @param reasonCode what the peer is told
   * @param message what is wrong, in words for an operator: field, value, rule
   */
  public ProtocolException(ReasonCode reasonCode, String message) {
    super(message, null, false, false);
    this.reasonCode = reasonCode;
  }

  /** Not a packet of this protocol. */
  public static ProtocolException malformed(String message) {
    return new ProtocolException(ReasonCode.MALFORMED_PACKET, message);
  }

  /** A packet, but one that is not allowed here. */
  public static ProtocolException protocolError(String message) {
    return new ProtocolException(ReasonCode.PROTOCOL_ERROR, message);
  }

  /** What the peer is told. */
  public ReasonCode reasonCode() {
    return reasonCode;
  }
}
