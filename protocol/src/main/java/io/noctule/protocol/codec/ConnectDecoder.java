package io.noctule.protocol.codec;

import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicName;
import java.util.List;

/** CONNECT (MQTT 5.0, section 3.1), in the order of its fields. */
final class ConnectDecoder {
  private static final int RESERVED_FLAG = 0b0000_0001;
  private static final int CLEAN_START_FLAG = 0b0000_0010;
  private static final int WILL_FLAG = 0b0000_0100;
  private static final int WILL_QOS_SHIFT = 3;
  private static final int WILL_QOS_BITS = 0b11;
  private static final int WILL_RETAIN_FLAG = 0b0010_0000;
  private static final int PASSWORD_FLAG = 0b0100_0000;
  private static final int USER_NAME_FLAG = 0b1000_0000;

  private ConnectDecoder() {}

  /**
   * Reads protocol name and level (sections 3.1.2.1 and 3.1.2.2).
   *
   * @throws ProtocolException malformed where the name is another protocol's [MQTT-3.1.2-1];
   *     unsupported where the name is known and the level is not, such as the 0x84 of some bridges
   *     [MQTT-3.1.2-2]
   */
  static MqttVersion decodeVersion(BodyReader body) throws ProtocolException {
    String name = body.string("protocol name");
    boolean known = false;
    for (MqttVersion version : MqttVersion.values()) {
      known |= version.protocolName().equals(name);
    }
    if (!known) {
      throw body.malformed("protocol name", "must be MQTT or MQIsdp");
    }
    int level = body.uint8("protocol level");
    for (MqttVersion version : MqttVersion.values()) {
      if (version.level() == level && version.protocolName().equals(name)) {
        return version;
      }
    }
    throw new ProtocolException(
        ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
        "CONNECT protocol " + name + " level " + level + " is not supported");
  }

  /** Reads what follows the protocol level. */
  static Connect decode(BodyReader body, MqttVersion version) throws ProtocolException {
    int flags = body.uint8("connect flags");
    requireConsistent(body, flags, version);
    boolean cleanStart = (flags & CLEAN_START_FLAG) != 0;
    int keepAliveSeconds = body.uint16("keep alive");
    Connect.Properties properties =
        version.hasProperties() ? properties(body) : Connect.Properties.DEFAULT;
    // The payload has client id, will, user name and password in this order [MQTT-3.1.3-1].
    String clientId = body.string("client id"); // [MQTT-3.1.3-4]
    requireClientId(clientId, version, cleanStart);
    Will will = (flags & WILL_FLAG) == 0 ? null : will(body, flags, version);
    String userName = null;
    if (isPresent(body, flags & USER_NAME_FLAG, version)) { // [MQTT-3.1.2-17]
      userName = body.string("user name"); // [MQTT-3.1.3-12]
    }
    byte[] password = null;
    if (isPresent(body, flags & PASSWORD_FLAG, version)) { // [MQTT-3.1.2-19]
      password = body.binary("password");
    }
    return new Connect(
        version, clientId, cleanStart, keepAliveSeconds, will, userName, password, properties);
  }

  private static void requireConsistent(BodyReader body, int flags, MqttVersion version)
      throws ProtocolException {
    if ((flags & RESERVED_FLAG) != 0) { // [MQTT-3.1.2-3]
      throw body.malformed("connect flags", "have the reserved bit 0 set");
    }
    int willQos = (flags >>> WILL_QOS_SHIFT) & WILL_QOS_BITS;
    if (willQos == WILL_QOS_BITS) { // [MQTT-3.1.2-12]
      throw body.malformed("will QoS", "is 3, must be 0 to 2");
    }
    boolean hasWill = (flags & WILL_FLAG) != 0;
    if (!hasWill && (willQos != 0 || (flags & WILL_RETAIN_FLAG) != 0)) {
      throw body.malformed( // [MQTT-3.1.2-11] [MQTT-3.1.2-13]
          "connect flags", "have will QoS or will retain without the will flag");
    }
    boolean passwordAlone = (flags & (PASSWORD_FLAG | USER_NAME_FLAG)) == PASSWORD_FLAG;
    if (passwordAlone && !version.hasProperties()) { // 3.1.1 [MQTT-3.1.2-22]
      throw body.malformed(
          "connect flags", "have a password without a user name, not allowed before MQTT 5.0");
    }
  }

  /** Before MQTT 5.0 a client without an identifier has no session to come back to. */
  private static void requireClientId(String clientId, MqttVersion version, boolean cleanStart)
      throws ProtocolException {
    if (!clientId.isEmpty()) {
      return;
    }
    if (version
        == MqttVersion
            .MQTT_3_1) { // 3.1, section 3.1: 1 to 23 characters, of which the upper limit is dead.
      throw new ProtocolException(
          ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
          "CONNECT client id must not be empty in MQTT 3.1");
    }
    if (version == MqttVersion.MQTT_3_1_1 && !cleanStart) { // 3.1.1 [MQTT-3.1.3-8]
      throw new ProtocolException(
          ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
          "CONNECT client id must not be empty without clean session");
    }
  }

  /**
   * MQTT 3.1 lets user name and password be missing though their flags are set (its section 3.1).
   */
  private static boolean isPresent(BodyReader body, int flag, MqttVersion version) {
    return flag != 0 && !(version == MqttVersion.MQTT_3_1 && body.isAtEnd());
  }

  /** The will fields in the payload (sections 3.1.3.2 to 3.1.3.4) [MQTT-3.1.2-9]. */
  private static Will will(BodyReader body, int flags, MqttVersion version)
      throws ProtocolException {
    QoS qos = QoS.of((flags >>> WILL_QOS_SHIFT) & WILL_QOS_BITS);
    boolean retain = (flags & WILL_RETAIN_FLAG) != 0;
    long delaySeconds = 0;
    PayloadFormat payloadFormat = PayloadFormat.ABSENT;
    long messageExpirySeconds = PublishProperties.NEVER_EXPIRES;
    String contentType = null;
    String responseTopic = null;
    byte[] correlationData = null;
    PublishProperties properties = PublishProperties.NONE;
    if (version.hasProperties()) {
      PropertyReader in = new PropertyReader(body);
      while (in.next()) {
        switch (in.property()) {
          case WILL_DELAY_INTERVAL -> delaySeconds = in.uint32();
          case PAYLOAD_FORMAT_INDICATOR -> payloadFormat = in.payloadFormat();
          case MESSAGE_EXPIRY_INTERVAL -> messageExpirySeconds = in.uint32();
          case CONTENT_TYPE -> contentType = in.string();
          case RESPONSE_TOPIC -> responseTopic = in.responseTopic();
          case CORRELATION_DATA -> correlationData = in.binary();
          case USER_PROPERTY -> in.userProperty();
          default -> throw in.notAllowed();
        }
      }
      properties =
          new PublishProperties(
              payloadFormat,
              messageExpirySeconds,
              responseTopic,
              correlationData,
              contentType,
              in.userProperties(),
              List.of());
    }
    TopicName topic = body.topicName("will topic"); // [MQTT-3.1.3-11]
    return new Will(topic, body.binary("will payload"), qos, retain, delaySeconds, properties);
  }

  /** The properties of section 3.1.2.11. */
  private static Connect.Properties properties(BodyReader body) throws ProtocolException {
    Connect.Properties unset = Connect.Properties.DEFAULT;
    long sessionExpirySeconds = unset.sessionExpirySeconds();
    int receiveMaximum = unset.receiveMaximum();
    long maximumPacketSize = unset.maximumPacketSize();
    int topicAliasMaximum = unset.topicAliasMaximum();
    boolean requestResponseInformation = unset.requestResponseInformation();
    boolean requestProblemInformation = unset.requestProblemInformation();
    String method = null;
    byte[] data = null;
    PropertyReader in = new PropertyReader(body);
    while (in.next()) {
      switch (in.property()) {
        case SESSION_EXPIRY_INTERVAL -> sessionExpirySeconds = in.uint32();
        case RECEIVE_MAXIMUM -> receiveMaximum = in.uint16NotZero();
        case MAXIMUM_PACKET_SIZE -> maximumPacketSize = in.uint32NotZero();
        case TOPIC_ALIAS_MAXIMUM -> topicAliasMaximum = in.uint16();
        case REQUEST_RESPONSE_INFORMATION -> requestResponseInformation = in.flag();
        case REQUEST_PROBLEM_INFORMATION -> requestProblemInformation = in.flag();
        case USER_PROPERTY -> in.userProperty();
        case AUTHENTICATION_METHOD -> method = in.string();
        case AUTHENTICATION_DATA -> data = in.binary();
        default -> throw in.notAllowed();
      }
    }
    if (data != null && method == null) { // Section 3.1.2.11.10.
      throw body.protocolError("AUTHENTICATION_DATA", "needs an AUTHENTICATION_METHOD");
    }
    return new Connect.Properties(
        sessionExpirySeconds,
        receiveMaximum,
        maximumPacketSize,
        topicAliasMaximum,
        requestResponseInformation,
        requestProblemInformation,
        in.userProperties(),
        method,
        data);
  }
}
