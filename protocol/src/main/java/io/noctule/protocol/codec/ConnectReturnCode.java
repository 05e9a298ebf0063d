package io.noctule.protocol.codec;

import io.noctule.protocol.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The return codes of a CONNACK before MQTT 5.0 (3.1.1, section 3.2.2.3), each by the reason code
 * that is closest.
 */
final class ConnectReturnCode {
  private ConnectReturnCode() {}

  /**
   * The number that is sent for a reason code: what may pass is "server unavailable", what stays
   * "not authorized".
   */
  static int of(ReasonCode reasonCode) {
    if (!reasonCode.isError()) {
      return 0;
    }
    return switch (reasonCode) {
      case UNSUPPORTED_PROTOCOL_VERSION -> 1;
      case CLIENT_IDENTIFIER_NOT_VALID -> 2;
      case UNSPECIFIED_ERROR,
          IMPLEMENTATION_SPECIFIC_ERROR,
          SERVER_UNAVAILABLE,
          SERVER_BUSY,
          SERVER_SHUTTING_DOWN,
          KEEP_ALIVE_TIMEOUT,
          SESSION_TAKEN_OVER,
          MESSAGE_RATE_TOO_HIGH,
          QUOTA_EXCEEDED,
          USE_ANOTHER_SERVER,
          SERVER_MOVED,
          CONNECTION_RATE_EXCEEDED,
          MAXIMUM_CONNECT_TIME ->
          3;
      case BAD_USER_NAME_OR_PASSWORD, BAD_AUTHENTICATION_METHOD -> 4;
      default -> 5;
    };
  }

  /** What a received number means; null where it is reserved, 6 and above. */
  static @Nullable ReasonCode toReasonCode(int returnCode) {
    return switch (returnCode) {
      case 0 -> ReasonCode.SUCCESS;
      case 1 -> ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
      case 2 -> ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
      case 3 -> ReasonCode.SERVER_UNAVAILABLE;
      case 4 -> ReasonCode.BAD_USER_NAME_OR_PASSWORD;
      case 5 -> ReasonCode.NOT_AUTHORIZED;
      default -> null;
    };
  }
}
