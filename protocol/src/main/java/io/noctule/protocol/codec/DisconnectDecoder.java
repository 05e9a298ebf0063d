package io.noctule.protocol.codec;

import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;

/** DISCONNECT (MQTT 5.0, section 3.14). */
final class DisconnectDecoder {
  private DisconnectDecoder() {}

  /**
   * Both reason code and properties may be left out, the first where it is 0 (3.14.2.1,
   * 3.14.2.2.1).
   */
  static Disconnect decode(BodyReader body, MqttVersion version, Side side)
      throws ProtocolException {
    if (!version.hasProperties() || body.isAtEnd()) {
      return Disconnect.because(ReasonCode.SUCCESS, null);
    }
    ReasonCode reasonCode = body.reasonCode(AllowedReasonCodes.disconnect(side));
    return body.isAtEnd()
        ? Disconnect.because(reasonCode, null)
        : withProperties(reasonCode, new PropertyReader(body), side);
  }

  private static Disconnect withProperties(ReasonCode reasonCode, PropertyReader in, Side side)
      throws ProtocolException {
    Long sessionExpirySeconds = null;
    String reasonString = null;
    String serverReference = null;
    while (in.next()) {
      switch (in.property()) {
        case SESSION_EXPIRY_INTERVAL -> {
          if (side == Side.CLIENT) { // [MQTT-3.14.2-2]
            throw in.protocolError("must not be sent by a server");
          }
          sessionExpirySeconds = in.uint32();
        }
        case REASON_STRING -> reasonString = in.string();
        case USER_PROPERTY -> in.userProperty();
        case SERVER_REFERENCE -> serverReference = in.string();
        default -> throw in.notAllowed();
      }
    }
    return new Disconnect(
        reasonCode, sessionExpirySeconds, reasonString, in.userProperties(), serverReference);
  }
}
