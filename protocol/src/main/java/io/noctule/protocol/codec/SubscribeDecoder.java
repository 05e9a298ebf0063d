package io.noctule.protocol.codec;

import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Subscribe.Request;
import io.noctule.protocol.packet.Subscribe.RetainHandling;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/** SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0, sections 3.8 and 3.10). */
final class SubscribeDecoder {
  private static final int QOS_BITS = 0b0000_0011;
  private static final int NO_LOCAL_BIT = 0b0000_0100;
  private static final int RETAIN_AS_PUBLISHED_BIT = 0b0000_1000;
  private static final int RETAIN_HANDLING_SHIFT = 4;
  private static final int RETAIN_HANDLING_BITS = 0b11;
  private static final int RESERVED_BITS = 0b1100_0000;
  private static final RetainHandling[] RETAIN_HANDLINGS = RetainHandling.values();

  /**
   * Filters of one packet. A filter takes four bytes on the wire and a hundred times that in
   * memory, so the limit on the packet's size alone would be none.
   */
  static final int MOST_FILTERS = 10_000;

  private SubscribeDecoder() {}

  private static void requireRoom(int filters) throws ProtocolException {
    if (filters >= MOST_FILTERS) {
      throw new ProtocolException(
          ReasonCode.QUOTA_EXCEEDED, "more than " + MOST_FILTERS + " topic filters in one packet");
    }
  }

  static Subscribe decodeSubscribe(BodyReader body, MqttVersion version) throws ProtocolException {
    int packetId = body.packetId();
    int identifier = Subscribe.NO_IDENTIFIER;
    List<UserProperty> userProperties = List.of();
    if (version.hasProperties()) {
      PropertyReader properties = new PropertyReader(body);
      while (properties.next()) {
        switch (properties.property()) {
          case SUBSCRIPTION_IDENTIFIER -> {
            properties.once();
            identifier = properties.subscriptionIdentifier();
          }
          case USER_PROPERTY -> properties.userProperty();
          default -> throw properties.notAllowed();
        }
      }
      userProperties = properties.userProperties();
    }
    requirePayload(body); // [MQTT-3.8.3-2]
    List<Request> requests = new ArrayList<>(2);
    while (!body.isAtEnd()) {
      requireRoom(requests.size());
      TopicFilter filter = body.topicFilter(); // [MQTT-3.8.3-1]
      int options = body.uint8("subscription options"); // [MQTT-3.8.3-3]
      requests.add(
          version.hasProperties()
              ? request(body, filter, options)
              : requestBefore5(body, filter, options));
    }
    return new Subscribe(packetId, identifier, userProperties, requests);
  }

  /** The subscription options of section 3.8.3.1. */
  private static Request request(BodyReader body, TopicFilter filter, int options)
      throws ProtocolException {
    if ((options & RESERVED_BITS) != 0) { // [MQTT-3.8.3-5]
      throw body.malformed("subscription options", hex(options) + " have reserved bits set");
    }
    int qos = options & QOS_BITS;
    if (qos == QOS_BITS) {
      throw body.protocolError("maximum QoS", "is 3, must be 0 to 2");
    }
    int retainHandling = (options >>> RETAIN_HANDLING_SHIFT) & RETAIN_HANDLING_BITS;
    if (retainHandling == RETAIN_HANDLINGS.length) {
      throw body.protocolError("retain handling", "is 3, must be 0 to 2");
    }
    boolean noLocal = (options & NO_LOCAL_BIT) != 0;
    if (noLocal && filter.isShared()) { // [MQTT-3.8.3-4]
      throw body.protocolError("no local", "must not be set on a shared subscription");
    }
    return new Request(
        filter,
        QoS.of(qos),
        noLocal,
        (options & RETAIN_AS_PUBLISHED_BIT) != 0,
        RETAIN_HANDLINGS[retainHandling]);
  }

  /** The requested QoS, the only option before MQTT 5.0: 3.1.1 [MQTT-3-8.3-4]. */
  private static Request requestBefore5(BodyReader body, TopicFilter filter, int qos)
      throws ProtocolException {
    if (qos > QoS.EXACTLY_ONCE.value()) {
      throw body.malformed("requested QoS", hex(qos) + " must be 0 to 2");
    }
    return Request.of(filter, QoS.of(qos));
  }

  static Unsubscribe decodeUnsubscribe(BodyReader body, MqttVersion version)
      throws ProtocolException {
    int packetId = body.packetId();
    List<UserProperty> userProperties = List.of();
    if (version.hasProperties()) {
      PropertyReader properties = new PropertyReader(body);
      while (properties.next()) {
        switch (properties.property()) {
          case USER_PROPERTY -> properties.userProperty();
          default -> throw properties.notAllowed();
        }
      }
      userProperties = properties.userProperties();
    }
    requirePayload(body); // [MQTT-3.10.3-2]
    List<TopicFilter> filters = new ArrayList<>(2);
    while (!body.isAtEnd()) {
      requireRoom(filters.size());
      filters.add(body.topicFilter()); // [MQTT-3.10.3-1]
    }
    return new Unsubscribe(packetId, userProperties, filters);
  }

  private static void requirePayload(BodyReader body) throws ProtocolException {
    if (body.isAtEnd()) {
      throw body.protocolError("payload", "must have at least one topic filter");
    }
  }

  private static String hex(int options) {
    return "0x%02X".formatted(options);
  }
}
