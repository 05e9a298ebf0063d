package io.noctule.protocol.codec;

import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.Auth;
import io.noctule.protocol.packet.ReasonCode;
import java.util.List;

/** AUTH, MQTT 5.0 only (section 3.15). */
final class AuthDecoder {
  private AuthDecoder() {}

  /** A body of no bytes means success without properties, which only a server sends (3.15.2.1). */
  static Auth decode(BodyReader body, Side side) throws ProtocolException {
    if (body.isAtEnd()) {
      if (side == Side.SERVER) { // [MQTT-3.15.2-1]
        throw body.protocolError("reason code", "SUCCESS is not allowed from a client");
      }
      return new Auth(ReasonCode.SUCCESS, null, null, null, List.of());
    }
    ReasonCode reasonCode = body.reasonCode(AllowedReasonCodes.auth(side));
    PropertyReader in = new PropertyReader(body);
    String method = null;
    byte[] data = null;
    String reasonString = null;
    while (in.next()) {
      switch (in.property()) {
        case AUTHENTICATION_METHOD -> method = in.string();
        case AUTHENTICATION_DATA -> data = in.binary();
        case REASON_STRING -> reasonString = in.string();
        case USER_PROPERTY -> in.userProperty();
        default -> throw in.notAllowed();
      }
    }
    boolean bareSuccess =
        reasonCode == ReasonCode.SUCCESS
            && data == null
            && reasonString == null
            && in.userProperties().isEmpty();
    if (method == null && !bareSuccess) { // Section 3.15.2.2.2.
      throw body.protocolError("AUTHENTICATION_METHOD", "is missing");
    }
    return new Auth(reasonCode, method, data, reasonString, in.userProperties());
  }
}
