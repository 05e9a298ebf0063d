package io.noctule.protocol.codec;

import org.jspecify.annotations.Nullable;

/** The properties and their identifiers (MQTT 5.0, section 2.2.2.2, table 2-4). */
enum Property {
  PAYLOAD_FORMAT_INDICATOR(1),
  MESSAGE_EXPIRY_INTERVAL(2),
  CONTENT_TYPE(3),
  RESPONSE_TOPIC(8),
  CORRELATION_DATA(9),
  SUBSCRIPTION_IDENTIFIER(11),
  SESSION_EXPIRY_INTERVAL(17),
  ASSIGNED_CLIENT_IDENTIFIER(18),
  SERVER_KEEP_ALIVE(19),
  AUTHENTICATION_METHOD(21),
  AUTHENTICATION_DATA(22),
  REQUEST_PROBLEM_INFORMATION(23),
  WILL_DELAY_INTERVAL(24),
  REQUEST_RESPONSE_INFORMATION(25),
  RESPONSE_INFORMATION(26),
  SERVER_REFERENCE(28),
  REASON_STRING(31),
  RECEIVE_MAXIMUM(33),
  TOPIC_ALIAS_MAXIMUM(34),
  TOPIC_ALIAS(35),
  MAXIMUM_QOS(36),
  RETAIN_AVAILABLE(37),
  USER_PROPERTY(38),
  MAXIMUM_PACKET_SIZE(39),
  WILDCARD_SUBSCRIPTION_AVAILABLE(40),
  SUBSCRIPTION_IDENTIFIER_AVAILABLE(41),
  SHARED_SUBSCRIPTION_AVAILABLE(42);

  private static final @Nullable Property[] BY_IDENTIFIER = new Property[43];

  static {
    for (Property property : values()) {
      BY_IDENTIFIER[property.identifier] = property;
    }
  }

  private final int identifier;

  Property(int identifier) {
    this.identifier = identifier;
  }

  /** The property of an identifier, 0 or more; null where the standard names none. */
  static @Nullable Property of(int identifier) {
    return identifier < BY_IDENTIFIER.length ? BY_IDENTIFIER[identifier] : null;
  }

  /** The identifier on the wire, which takes one byte. */
  int identifier() {
    return identifier;
  }
}
