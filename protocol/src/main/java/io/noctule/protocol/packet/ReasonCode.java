package io.noctule.protocol.packet;

import org.jspecify.annotations.Nullable;

/**
 * What became of an operation (MQTT 5.0, section 2.4). One constant a number: those that the
 * standard names twice (success, normal disconnection and granted QoS 0 are all 0x00) are one
 * constant here.
 */
public enum ReasonCode {
  /** Success; also: normal disconnection, granted QoS 0. */
  SUCCESS(0x00),
  /** A subscription was granted QoS 1. */
  GRANTED_QOS_1(0x01),
  /** A subscription was granted QoS 2. */
  GRANTED_QOS_2(0x02),
  /** The client goes but wants its will published. */
  DISCONNECT_WITH_WILL(0x04),
  /** Accepted, but nobody has subscribed. */
  NO_MATCHING_SUBSCRIBERS(0x10),
  /** There was no such subscription. */
  NO_SUBSCRIPTION_EXISTED(0x11),
  /** The authentication goes on. */
  CONTINUE_AUTHENTICATION(0x18),
  /** The client starts to authenticate anew. */
  REAUTHENTICATE(0x19),
  /** An error without a better name. */
  UNSPECIFIED_ERROR(0x80),
  /** The bytes are not a packet of this protocol. */
  MALFORMED_PACKET(0x81),
  /** A packet that is not allowed here. */
  PROTOCOL_ERROR(0x82),
  /** Valid, but this server does not accept it. */
  IMPLEMENTATION_SPECIFIC_ERROR(0x83),
  /** A protocol version that is not spoken here. */
  UNSUPPORTED_PROTOCOL_VERSION(0x84),
  /** A client identifier that is not accepted here. */
  CLIENT_IDENTIFIER_NOT_VALID(0x85),
  /** Unknown user, or a wrong password. */
  BAD_USER_NAME_OR_PASSWORD(0x86),
  /** Not allowed to this client. */
  NOT_AUTHORIZED(0x87),
  /** The server is not available. */
  SERVER_UNAVAILABLE(0x88),
  /** The server is busy. */
  SERVER_BUSY(0x89),
  /** This client was banned. */
  BANNED(0x8A),
  /** The server goes down. */
  SERVER_SHUTTING_DOWN(0x8B),
  /** An authentication method that is not known here. */
  BAD_AUTHENTICATION_METHOD(0x8C),
  /** No packet within one and a half keep-alive intervals. */
  KEEP_ALIVE_TIMEOUT(0x8D),
  /** Another connection uses the client identifier now. */
  SESSION_TAKEN_OVER(0x8E),
  /** A topic filter that is not accepted here. */
  TOPIC_FILTER_INVALID(0x8F),
  /** A topic name that is not accepted here. */
  TOPIC_NAME_INVALID(0x90),
  /** The packet identifier is in use. */
  PACKET_IDENTIFIER_IN_USE(0x91),
  /** The packet identifier is not known. */
  PACKET_IDENTIFIER_NOT_FOUND(0x92),
  /** More unacknowledged messages than the receive maximum allows. */
  RECEIVE_MAXIMUM_EXCEEDED(0x93),
  /** A topic alias of 0 or above the maximum. */
  TOPIC_ALIAS_INVALID(0x94),
  /** The packet is larger than the maximum packet size. */
  PACKET_TOO_LARGE(0x95),
  /** Too many messages in too short a time. */
  MESSAGE_RATE_TOO_HIGH(0x96),
  /** A limit of the server or an administrator was reached. */
  QUOTA_EXCEEDED(0x97),
  /** Closed by an administrator. */
  ADMINISTRATIVE_ACTION(0x98),
  /** The payload is not what its format indicator says. */
  PAYLOAD_FORMAT_INVALID(0x99),
  /** Retained messages are not kept here. */
  RETAIN_NOT_SUPPORTED(0x9A),
  /** The quality of service is higher than the server's maximum. */
  QOS_NOT_SUPPORTED(0x9B),
  /** Use another server for now. */
  USE_ANOTHER_SERVER(0x9C),
  /** Use another server from now on. */
  SERVER_MOVED(0x9D),
  /** Shared subscriptions are not served here. */
  SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E),
  /** Too many connections in too short a time. */
  CONNECTION_RATE_EXCEEDED(0x9F),
  /** The connection lasted as long as it may. */
  MAXIMUM_CONNECT_TIME(0xA0),
  /** Subscription identifiers are not served here. */
  SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1),
  /** Wildcard subscriptions are not served here. */
  WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2);

  private static final @Nullable ReasonCode[] BY_VALUE = new ReasonCode[256];

  static {
    for (ReasonCode code : values()) {
      BY_VALUE[code.value] = code;
    }
  }

  private final int value;

  ReasonCode(int value) {
    this.value = value;
  }

  /** The number on the wire, 0x00 to 0xA2. */
  public int value() {
    return value;
  }

  /** Whether the operation failed: 0x80 and above. */
  public boolean isError() {
    return value >= 0x80;
  }

  /**
   * The reason code of a number.
   *
   * @return null where the standard names none
   */
  public static @Nullable ReasonCode of(int value) {
    return value < 0 || value > 255 ? null : BY_VALUE[value];
  }

  /** The code that a SUBACK grants a quality of service with. */
  public static ReasonCode granted(QoS qos) {
    return switch (qos) {
      case AT_MOST_ONCE -> SUCCESS;
      case AT_LEAST_ONCE -> GRANTED_QOS_1;
      case EXACTLY_ONCE -> GRANTED_QOS_2;
    };
  }
}
