package io.noctule.protocol.codec;

import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CONNACK (MQTT 5.0, section 3.2). */
final class ConnAckDecoder {
  private static final int SESSION_PRESENT_FLAG = 0b0000_0001;

  /** Bytes behind the fixed header before MQTT 5.0; there are always more since. */
  private static final int BYTES_BEFORE_5 = 2;

  private ConnAckDecoder() {}

  static ConnAck decode(BodyReader body, MqttVersion version) throws ProtocolException {
    // A server that does not know MQTT 5.0 refuses it in the form that it knows.
    boolean old = !version.hasProperties() || body.remaining() == BYTES_BEFORE_5;
    int flags = body.uint8("acknowledge flags");
    if (version == MqttVersion.MQTT_3_1) {
      flags = 0; // There reserved and without a rule (its section 3.2).
    }
    if ((flags & ~SESSION_PRESENT_FLAG) != 0) { // [MQTT-3.2.2-1]
      throw body.malformed("acknowledge flags", "are 0x%02X, must be 0 or 1".formatted(flags));
    }
    boolean sessionPresent = flags == SESSION_PRESENT_FLAG;
    ReasonCode reasonCode =
        old ? returnCode(body, version) : body.reasonCode(AllowedReasonCodes.CONNACK);
    if (sessionPresent && reasonCode != ReasonCode.SUCCESS) { // [MQTT-3.2.2-6]
      throw body.protocolError("session present flag", "must be 0 on refusal");
    }
    ConnAck.Properties properties =
        old ? ConnAck.Properties.DEFAULT : new Properties(new PropertyReader(body)).read(body);
    return new ConnAck(sessionPresent, reasonCode, properties);
  }

  private static ReasonCode returnCode(BodyReader body, MqttVersion version)
      throws ProtocolException {
    int value = body.uint8("return code");
    ReasonCode code = ConnectReturnCode.toReasonCode(value);
    if (code == null) {
      throw body.malformed("return code", value + " is reserved");
    }
    if (version.hasProperties() && code == ReasonCode.SUCCESS) {
      throw body.malformed("properties", "are missing");
    }
    return code;
  }

  /** The properties of section 3.2.2.3 while they are read. */
  private static final class Properties {
    private static final ConnAck.Properties UNSET = ConnAck.Properties.DEFAULT;

    private final PropertyReader in;
    private @Nullable Long sessionExpirySeconds;
    private int receiveMaximum = UNSET.receiveMaximum();
    private QoS maximumQos = UNSET.maximumQos();
    private boolean retainAvailable = UNSET.retainAvailable();
    private long maximumPacketSize = UNSET.maximumPacketSize();
    private @Nullable String assignedClientId;
    private int topicAliasMaximum = UNSET.topicAliasMaximum();
    private @Nullable String reasonString;
    private boolean wildcardSubscriptionAvailable = UNSET.wildcardSubscriptionAvailable();
    private boolean subscriptionIdentifiersAvailable = UNSET.subscriptionIdentifiersAvailable();
    private boolean sharedSubscriptionAvailable = UNSET.sharedSubscriptionAvailable();
    private @Nullable Integer serverKeepAliveSeconds;
    private @Nullable String responseInformation;
    private @Nullable String serverReference;
    private @Nullable String method;
    private byte @Nullable [] data;

    Properties(PropertyReader in) {
      this.in = in;
    }

    ConnAck.Properties read(BodyReader body) throws ProtocolException {
      while (in.next()) {
        readOne();
      }
      if (data != null && method == null) { // Section 3.2.2.3.18, as in CONNECT.
        throw body.protocolError("AUTHENTICATION_DATA", "needs an AUTHENTICATION_METHOD");
      }
      List<UserProperty> userProperties = in.userProperties();
      return new ConnAck.Properties(
          sessionExpirySeconds,
          receiveMaximum,
          maximumQos,
          retainAvailable,
          maximumPacketSize,
          assignedClientId,
          topicAliasMaximum,
          reasonString,
          userProperties,
          wildcardSubscriptionAvailable,
          subscriptionIdentifiersAvailable,
          sharedSubscriptionAvailable,
          serverKeepAliveSeconds,
          responseInformation,
          serverReference,
          method,
          data);
    }

    private void readOne() throws ProtocolException {
      switch (in.property()) {
        case SESSION_EXPIRY_INTERVAL -> sessionExpirySeconds = in.uint32();
        case RECEIVE_MAXIMUM -> receiveMaximum = in.uint16NotZero();
        case MAXIMUM_QOS -> maximumQos = in.flag() ? QoS.AT_LEAST_ONCE : QoS.AT_MOST_ONCE;
        case RETAIN_AVAILABLE -> retainAvailable = in.flag();
        case MAXIMUM_PACKET_SIZE -> maximumPacketSize = in.uint32NotZero();
        case ASSIGNED_CLIENT_IDENTIFIER -> assignedClientId = in.string();
        case TOPIC_ALIAS_MAXIMUM -> topicAliasMaximum = in.uint16();
        case REASON_STRING -> reasonString = in.string();
        case USER_PROPERTY -> in.userProperty();
        case WILDCARD_SUBSCRIPTION_AVAILABLE -> wildcardSubscriptionAvailable = in.flag();
        case SUBSCRIPTION_IDENTIFIER_AVAILABLE -> subscriptionIdentifiersAvailable = in.flag();
        case SHARED_SUBSCRIPTION_AVAILABLE -> sharedSubscriptionAvailable = in.flag();
        case SERVER_KEEP_ALIVE -> serverKeepAliveSeconds = in.uint16();
        case RESPONSE_INFORMATION -> responseInformation = in.string();
        case SERVER_REFERENCE -> serverReference = in.string();
        case AUTHENTICATION_METHOD -> method = in.string();
        case AUTHENTICATION_DATA -> data = in.binary();
        default -> throw in.notAllowed();
      }
    }
  }
}
