package io.noctule.protocol.codec;

import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.UnsubAck;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** SUBACK and UNSUBACK (MQTT 5.0, sections 3.9 and 3.11). */
final class SubAckDecoder {
  /**
   * 3.1.1, section 3.9.3: the granted QoS, or failure, which has the number of unspecified error.
   */
  static final Set<ReasonCode> SUBACK_BEFORE_5 =
      EnumSet.of(
          ReasonCode.SUCCESS,
          ReasonCode.GRANTED_QOS_1,
          ReasonCode.GRANTED_QOS_2,
          ReasonCode.UNSPECIFIED_ERROR);

  private SubAckDecoder() {}

  static SubAck decodeSubAck(BodyReader body, MqttVersion version) throws ProtocolException {
    int packetId = body.packetId();
    if (!version.hasProperties()) {
      return new SubAck(packetId, ReasonProperties.NONE, reasonCodes(body, SUBACK_BEFORE_5));
    }
    ReasonProperties properties = new PropertyReader(body).reasonProperties();
    return new SubAck(packetId, properties, reasonCodes(body, AllowedReasonCodes.SUBACK));
  }

  static UnsubAck decodeUnsubAck(BodyReader body, MqttVersion version) throws ProtocolException {
    int packetId = body.packetId();
    if (!version.hasProperties()) {
      return new UnsubAck(packetId, ReasonProperties.NONE, List.of());
    }
    ReasonProperties properties = new PropertyReader(body).reasonProperties();
    return new UnsubAck(packetId, properties, reasonCodes(body, AllowedReasonCodes.UNSUBACK));
  }

  private static List<ReasonCode> reasonCodes(BodyReader body, Set<ReasonCode> allowed)
      throws ProtocolException {
    if (body.isAtEnd()) {
      throw body.protocolError("payload", "must have at least one reason code");
    }
    List<ReasonCode> codes = new ArrayList<>(body.remaining());
    while (!body.isAtEnd()) {
      codes.add(body.reasonCode(allowed));
    }
    return codes;
  }
}
