package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * PUBLISH (MQTT 5.0, section 3.3). The hot path: one check of the room, then bytes by index,
 * nothing made.
 */
final class PublishEncoder {
  private static final int FIRST_BYTE = 0x30;
  private static final int DUP_FLAG = 0b1000;
  private static final int RETAIN_FLAG = 0b0001;

  /** Stands for no property block at all, as before MQTT 5.0. */
  private static final int NO_BLOCK = -1;

  /** The largest remaining length that takes one byte. */
  private static final int SMALL = 127;

  private PublishEncoder() {}

  static int remainingLength(
      @Nullable TopicName topic, QoS qos, int propertiesLength, int payloadLength) {
    int topicLength = topic == null ? 0 : topic.utf8Length();
    int packetIdLength = qos == QoS.AT_MOST_ONCE ? 0 : Short.BYTES;
    int blockLength =
        propertiesLength == NO_BLOCK ? 0 : PropertyWriter.blockLength(propertiesLength);
    int remaining = Short.BYTES + topicLength + packetIdLength + blockLength + payloadLength;
    FieldWriter.requireRemainingLength(remaining);
    return remaining;
  }

  /**
   * Bytes of the properties without their length before them; {@link #NO_BLOCK} before MQTT 5.0.
   */
  @SuppressWarnings("ReferenceEquality") // Spares the common case; an equal one measures 0 as well.
  static int propertiesLength(MqttVersion version, int topicAlias, PublishProperties properties) {
    if (!version.hasProperties()) {
      return NO_BLOCK;
    }
    int aliasLength = topicAlias == Publish.NO_ALIAS ? 0 : 1 + Short.BYTES;
    return properties == PublishProperties.NONE
        ? aliasLength
        : aliasLength + PropertyWriter.measure(writer -> list(properties, writer));
  }

  /**
   * Writes everything before the payload.
   *
   * @param writable bytes to make room for; at least those written
   * @return offset of the packet id from the packet's first byte; -1 at QoS 0
   */
  static int encodeHeader(
      @Nullable TopicName topic,
      int topicAlias,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      PublishProperties properties,
      int propertiesLength,
      int remaining,
      int writable,
      ByteBuf out) {
    if (topic == null && (propertiesLength == NO_BLOCK || topicAlias == Publish.NO_ALIAS)) {
      throw new IllegalArgumentException("a PUBLISH needs a topic name, or an alias in MQTT 5.0");
    }
    out.ensureWritable(writable);
    int firstByte =
        FIRST_BYTE | (duplicate ? DUP_FLAG : 0) | (qos.value() << 1) | (retain ? RETAIN_FLAG : 0);
    int topicLength = topic == null ? 0 : topic.utf8Length();
    int start = out.writerIndex();
    int index;
    if (remaining <= SMALL) { // Then these three fields are four bytes.
      out.setInt(start, (firstByte << 24) | (remaining << 16) | topicLength);
      index = start + Integer.BYTES;
    } else {
      out.setByte(start, firstByte);
      index = VariableByteInteger.set(out, start + 1, remaining);
      out.setShort(index, topicLength);
      index += Short.BYTES;
    }
    if (topic != null) {
      out.setBytes(index, topic.utf8());
      index += topicLength;
    }
    int packetIdOffset = -1;
    if (qos != QoS.AT_MOST_ONCE) { // [MQTT-2.2.1-2]
      packetIdOffset = index - start;
      out.setShort(index, packetId);
      index += Short.BYTES;
    }
    if (propertiesLength == 0) { // [MQTT-2.2.2-1]
      out.setByte(index++, 0);
    }
    out.writerIndex(index);
    if (propertiesLength > 0) {
      PropertyWriter.write(out, propertiesLength, writer -> list(topicAlias, properties, writer));
    }
    return packetIdOffset;
  }

  private static void list(int topicAlias, PublishProperties properties, PropertyWriter writer) {
    writer.uint16(Property.TOPIC_ALIAS, topicAlias, Publish.NO_ALIAS);
    list(properties, writer);
  }

  /** The properties of section 3.3.2.3, but for the alias; a will has the same. */
  static void list(PublishProperties properties, PropertyWriter writer) {
    if (properties.payloadFormat() != PayloadFormat.ABSENT) {
      int indicator = properties.payloadFormat() == PayloadFormat.UTF_8 ? 1 : 0;
      writer.uint8(Property.PAYLOAD_FORMAT_INDICATOR, indicator);
    }
    writer.uint32(
        Property.MESSAGE_EXPIRY_INTERVAL,
        properties.messageExpirySeconds(),
        PublishProperties.NEVER_EXPIRES);
    writer.string(Property.RESPONSE_TOPIC, properties.responseTopic());
    writer.binary(Property.CORRELATION_DATA, properties.correlationData());
    writer.string(Property.CONTENT_TYPE, properties.contentType());
    writer.userProperties(properties.userProperties());
    for (int identifier : properties.subscriptionIdentifiers()) {
      writer.variableByteInteger(Property.SUBSCRIPTION_IDENTIFIER, identifier);
    }
  }
}
