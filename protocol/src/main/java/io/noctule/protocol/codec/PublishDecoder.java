package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PUBLISH (MQTT 5.0, section 3.3).
 *
 * <p>The hot path: reads by index, and makes nothing but the record and a view of the payload where
 * the topic is known and there are no properties.
 */
final class PublishDecoder {
  private static final int DUP_FLAG = 0b1000;
  private static final int QOS_FLAGS = 0b0110;
  private static final int RETAIN_FLAG = 0b0001;

  private PublishDecoder() {}

  /** What the first byte alone tells. */
  static void requireAllowedFlags(int firstByte) throws ProtocolException {
    int qos = firstByte & QOS_FLAGS;
    if (qos == QOS_FLAGS) { // [MQTT-3.3.1-4]
      throw ProtocolException.malformed("PUBLISH QoS is 3, must be 0 to 2");
    }
    if (qos == 0 && (firstByte & DUP_FLAG) != 0) { // [MQTT-3.3.1-2]
      throw ProtocolException.malformed("PUBLISH DUP must not be set at QoS 0");
    }
  }

  static Publish decode(
      int firstByte, ByteBuf in, int end, MqttVersion version, Side side, TopicCache topics)
      throws ProtocolException {
    int topicIndex = in.readerIndex() + Short.BYTES;
    if (topicIndex > end) {
      throw tooShort("topic name");
    }
    int topicLength = in.getUnsignedShort(topicIndex - Short.BYTES);
    int index = topicIndex + topicLength;
    if (index > end) {
      throw tooShort("topic name");
    }
    TopicName topic = topicLength == 0 ? null : topics.get(in, topicIndex, topicLength);
    QoS qos = QoS.of((firstByte & QOS_FLAGS) >>> 1);
    int packetId = 0;
    if (qos != QoS.AT_MOST_ONCE) { // [MQTT-2.2.1-2]
      packetId = packetId(in, index, end);
      index += Short.BYTES;
    }
    boolean retain = (firstByte & RETAIN_FLAG) != 0;
    boolean duplicate = (firstByte & DUP_FLAG) != 0;
    int alias = Publish.NO_ALIAS;
    PublishProperties properties = PublishProperties.NONE;
    if (version.hasProperties()) {
      if (index < end && in.getByte(index) == 0) { // [MQTT-2.2.2-1]
        index++;
      } else {
        in.readerIndex(index);
        BodyReader body = new BodyReader(in, end, PacketType.PUBLISH);
        Properties read = Properties.read(body, side);
        alias = read.topicAlias;
        properties = read.toPublishProperties();
        index = in.readerIndex();
      }
    }
    if (topic == null && alias == Publish.NO_ALIAS) {
      throw noTopic(version);
    }
    int length = end - index;
    ByteBuf payload = length == 0 ? Unpooled.EMPTY_BUFFER : in.slice(index, length);
    in.readerIndex(end);
    return new Publish(topic, alias, qos, retain, duplicate, packetId, properties, payload);
  }

  /** [MQTT-2.2.1-3] [MQTT-2.2.1-4]. */
  private static int packetId(ByteBuf in, int index, int end) throws ProtocolException {
    if (index + Short.BYTES > end) {
      throw tooShort("packet id");
    }
    int packetId = in.getUnsignedShort(index);
    if (packetId == 0) {
      throw ProtocolException.protocolError("PUBLISH packet id is 0, must be 1 to 65535");
    }
    return packetId;
  }

  private static ProtocolException tooShort(String field) {
    return ProtocolException.malformed("PUBLISH ends within its " + field);
  }

  private static ProtocolException noTopic(MqttVersion version) {
    return version.hasProperties()
        ? ProtocolException.protocolError("PUBLISH has neither topic name nor topic alias")
        : new ProtocolException( // [MQTT-4.7.3-1]
            ReasonCode.TOPIC_NAME_INVALID, "PUBLISH topic name must have at least one character");
  }

  /** The properties of section 3.3.2.3 while they are read. */
  private static final class Properties {
    private int topicAlias = Publish.NO_ALIAS;
    private PayloadFormat payloadFormat = PayloadFormat.ABSENT;
    private long messageExpirySeconds = PublishProperties.NEVER_EXPIRES;
    private @Nullable String responseTopic;
    private byte @Nullable [] correlationData;
    private @Nullable String contentType;
    private List<Integer> subscriptionIdentifiers = List.of();
    private final PropertyReader in;

    private Properties(PropertyReader in) {
      this.in = in;
    }

    static Properties read(BodyReader body, Side side) throws ProtocolException {
      Properties properties = new Properties(new PropertyReader(body));
      properties.readAll(side);
      return properties;
    }

    private void readAll(Side side) throws ProtocolException {
      while (in.next()) {
        switch (in.property()) {
          case PAYLOAD_FORMAT_INDICATOR -> payloadFormat = in.payloadFormat();
          case MESSAGE_EXPIRY_INTERVAL -> messageExpirySeconds = in.uint32();
          case TOPIC_ALIAS -> topicAlias = topicAlias();
          case RESPONSE_TOPIC -> responseTopic = in.responseTopic();
          case CORRELATION_DATA -> correlationData = in.binary();
          case USER_PROPERTY -> in.userProperty();
          case SUBSCRIPTION_IDENTIFIER -> addSubscriptionIdentifier(side);
          case CONTENT_TYPE -> contentType = in.string();
          default -> throw in.notAllowed();
        }
      }
    }

    private int topicAlias() throws ProtocolException {
      int alias = in.uint16();
      if (alias == 0) { // [MQTT-3.3.2-8]
        throw new ProtocolException(
            ReasonCode.TOPIC_ALIAS_INVALID, "PUBLISH topic alias is 0, must be 1 to 65535");
      }
      return alias;
    }

    private void addSubscriptionIdentifier(Side side) throws ProtocolException {
      if (side == Side.SERVER) { // [MQTT-3.3.4-6]
        throw in.protocolError("must not be sent to a server");
      }
      if (subscriptionIdentifiers.isEmpty()) {
        subscriptionIdentifiers = new ArrayList<>(2);
      }
      subscriptionIdentifiers.add(in.subscriptionIdentifier());
    }

    /** {@link PublishProperties#NONE} where there is but an alias, which is not the message's. */
    PublishProperties toPublishProperties() {
      PublishProperties all =
          new PublishProperties(
              payloadFormat,
              messageExpirySeconds,
              responseTopic,
              correlationData,
              contentType,
              in.userProperties(),
              subscriptionIdentifiers);
      return all.equals(PublishProperties.NONE) ? PublishProperties.NONE : all;
    }
  }
}
