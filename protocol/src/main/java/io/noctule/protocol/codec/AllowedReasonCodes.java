package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.ReasonCode.ADMINISTRATIVE_ACTION;
import static io.noctule.protocol.packet.ReasonCode.BAD_AUTHENTICATION_METHOD;
import static io.noctule.protocol.packet.ReasonCode.BAD_USER_NAME_OR_PASSWORD;
import static io.noctule.protocol.packet.ReasonCode.BANNED;
import static io.noctule.protocol.packet.ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
import static io.noctule.protocol.packet.ReasonCode.CONNECTION_RATE_EXCEEDED;
import static io.noctule.protocol.packet.ReasonCode.CONTINUE_AUTHENTICATION;
import static io.noctule.protocol.packet.ReasonCode.DISCONNECT_WITH_WILL;
import static io.noctule.protocol.packet.ReasonCode.GRANTED_QOS_1;
import static io.noctule.protocol.packet.ReasonCode.GRANTED_QOS_2;
import static io.noctule.protocol.packet.ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
import static io.noctule.protocol.packet.ReasonCode.KEEP_ALIVE_TIMEOUT;
import static io.noctule.protocol.packet.ReasonCode.MALFORMED_PACKET;
import static io.noctule.protocol.packet.ReasonCode.MAXIMUM_CONNECT_TIME;
import static io.noctule.protocol.packet.ReasonCode.MESSAGE_RATE_TOO_HIGH;
import static io.noctule.protocol.packet.ReasonCode.NOT_AUTHORIZED;
import static io.noctule.protocol.packet.ReasonCode.NO_MATCHING_SUBSCRIBERS;
import static io.noctule.protocol.packet.ReasonCode.NO_SUBSCRIPTION_EXISTED;
import static io.noctule.protocol.packet.ReasonCode.PACKET_IDENTIFIER_IN_USE;
import static io.noctule.protocol.packet.ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
import static io.noctule.protocol.packet.ReasonCode.PACKET_TOO_LARGE;
import static io.noctule.protocol.packet.ReasonCode.PAYLOAD_FORMAT_INVALID;
import static io.noctule.protocol.packet.ReasonCode.PROTOCOL_ERROR;
import static io.noctule.protocol.packet.ReasonCode.QOS_NOT_SUPPORTED;
import static io.noctule.protocol.packet.ReasonCode.QUOTA_EXCEEDED;
import static io.noctule.protocol.packet.ReasonCode.REAUTHENTICATE;
import static io.noctule.protocol.packet.ReasonCode.RECEIVE_MAXIMUM_EXCEEDED;
import static io.noctule.protocol.packet.ReasonCode.RETAIN_NOT_SUPPORTED;
import static io.noctule.protocol.packet.ReasonCode.SERVER_BUSY;
import static io.noctule.protocol.packet.ReasonCode.SERVER_MOVED;
import static io.noctule.protocol.packet.ReasonCode.SERVER_SHUTTING_DOWN;
import static io.noctule.protocol.packet.ReasonCode.SERVER_UNAVAILABLE;
import static io.noctule.protocol.packet.ReasonCode.SESSION_TAKEN_OVER;
import static io.noctule.protocol.packet.ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
import static io.noctule.protocol.packet.ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED;
import static io.noctule.protocol.packet.ReasonCode.SUCCESS;
import static io.noctule.protocol.packet.ReasonCode.TOPIC_ALIAS_INVALID;
import static io.noctule.protocol.packet.ReasonCode.TOPIC_FILTER_INVALID;
import static io.noctule.protocol.packet.ReasonCode.TOPIC_NAME_INVALID;
import static io.noctule.protocol.packet.ReasonCode.UNSPECIFIED_ERROR;
import static io.noctule.protocol.packet.ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
import static io.noctule.protocol.packet.ReasonCode.USE_ANOTHER_SERVER;
import static io.noctule.protocol.packet.ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED;

import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.ReasonCode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Which reason codes each packet may carry (MQTT 5.0, section 2.4, table 2-6). */
final class AllowedReasonCodes {
  /** Table 3-1 [MQTT-3.2.2-8]. */
  static final Set<ReasonCode> CONNACK =
      set(
          SUCCESS,
          UNSPECIFIED_ERROR,
          MALFORMED_PACKET,
          PROTOCOL_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          UNSUPPORTED_PROTOCOL_VERSION,
          CLIENT_IDENTIFIER_NOT_VALID,
          BAD_USER_NAME_OR_PASSWORD,
          NOT_AUTHORIZED,
          SERVER_UNAVAILABLE,
          SERVER_BUSY,
          BANNED,
          BAD_AUTHENTICATION_METHOD,
          TOPIC_NAME_INVALID,
          PACKET_TOO_LARGE,
          QUOTA_EXCEEDED,
          PAYLOAD_FORMAT_INVALID,
          RETAIN_NOT_SUPPORTED,
          QOS_NOT_SUPPORTED,
          USE_ANOTHER_SERVER,
          SERVER_MOVED,
          CONNECTION_RATE_EXCEEDED);

  /** PUBACK (table 3-4) and PUBREC (table 3-5) have the same [MQTT-3.4.2-1] [MQTT-3.5.2-1]. */
  static final Set<ReasonCode> PUBACK =
      set(
          SUCCESS,
          NO_MATCHING_SUBSCRIBERS,
          UNSPECIFIED_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          NOT_AUTHORIZED,
          TOPIC_NAME_INVALID,
          PACKET_IDENTIFIER_IN_USE,
          QUOTA_EXCEEDED,
          PAYLOAD_FORMAT_INVALID);

  /** PUBREL (table 3-6) and PUBCOMP (table 3-7) have the same [MQTT-3.6.2-1] [MQTT-3.7.2-1]. */
  static final Set<ReasonCode> PUBREL = set(SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

  /** Table 3-8 [MQTT-3.9.3-2]. */
  static final Set<ReasonCode> SUBACK =
      set(
          SUCCESS,
          GRANTED_QOS_1,
          GRANTED_QOS_2,
          UNSPECIFIED_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          NOT_AUTHORIZED,
          TOPIC_FILTER_INVALID,
          PACKET_IDENTIFIER_IN_USE,
          QUOTA_EXCEEDED,
          SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
          SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
          WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

  /** Table 3-9 [MQTT-3.11.3-2]. */
  static final Set<ReasonCode> UNSUBACK =
      set(
          SUCCESS,
          NO_SUBSCRIPTION_EXISTED,
          UNSPECIFIED_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          NOT_AUTHORIZED,
          TOPIC_FILTER_INVALID,
          PACKET_IDENTIFIER_IN_USE);

  /** The lines of table 3-10 that a client may send [MQTT-3.14.2-1]. */
  private static final Set<ReasonCode> DISCONNECT_FROM_CLIENT =
      set(
          SUCCESS,
          DISCONNECT_WITH_WILL,
          UNSPECIFIED_ERROR,
          MALFORMED_PACKET,
          PROTOCOL_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          TOPIC_NAME_INVALID,
          RECEIVE_MAXIMUM_EXCEEDED,
          TOPIC_ALIAS_INVALID,
          PACKET_TOO_LARGE,
          MESSAGE_RATE_TOO_HIGH,
          QUOTA_EXCEEDED,
          ADMINISTRATIVE_ACTION,
          PAYLOAD_FORMAT_INVALID);

  /** The lines of table 3-10 that a server may send [MQTT-3.14.2-1]. */
  private static final Set<ReasonCode> DISCONNECT_FROM_SERVER =
      set(
          SUCCESS,
          UNSPECIFIED_ERROR,
          MALFORMED_PACKET,
          PROTOCOL_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          NOT_AUTHORIZED,
          SERVER_BUSY,
          SERVER_SHUTTING_DOWN,
          KEEP_ALIVE_TIMEOUT,
          SESSION_TAKEN_OVER,
          TOPIC_FILTER_INVALID,
          TOPIC_NAME_INVALID,
          RECEIVE_MAXIMUM_EXCEEDED,
          TOPIC_ALIAS_INVALID,
          PACKET_TOO_LARGE,
          MESSAGE_RATE_TOO_HIGH,
          QUOTA_EXCEEDED,
          ADMINISTRATIVE_ACTION,
          PAYLOAD_FORMAT_INVALID,
          RETAIN_NOT_SUPPORTED,
          QOS_NOT_SUPPORTED,
          USE_ANOTHER_SERVER,
          SERVER_MOVED,
          SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
          CONNECTION_RATE_EXCEEDED,
          MAXIMUM_CONNECT_TIME,
          SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
          WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

  /** The lines of table 3-11 that a client may send [MQTT-3.15.2-1]. */
  private static final Set<ReasonCode> AUTH_FROM_CLIENT =
      set(CONTINUE_AUTHENTICATION, REAUTHENTICATE);

  /** The lines of table 3-11 that a server may send [MQTT-3.15.2-1]. */
  private static final Set<ReasonCode> AUTH_FROM_SERVER = set(SUCCESS, CONTINUE_AUTHENTICATION);

  private AllowedReasonCodes() {}

  static Set<ReasonCode> disconnect(Side receiver) {
    return receiver == Side.SERVER ? DISCONNECT_FROM_CLIENT : DISCONNECT_FROM_SERVER;
  }

  static Set<ReasonCode> auth(Side receiver) {
    return receiver == Side.SERVER ? AUTH_FROM_CLIENT : AUTH_FROM_SERVER;
  }

  private static Set<ReasonCode> set(ReasonCode first, ReasonCode... others) {
    return Collections.unmodifiableSet(EnumSet.of(first, others));
  }
}
