package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.Auth;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PingResp;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Packets to bytes, for MQTT 3.1, 3.1.1 and 5.0. The length is known before the first byte is
 * written, so that the room is asked for once and nothing is copied twice.
 *
 * <p>What a version cannot carry is left out: before MQTT 5.0 there are no properties and reason
 * codes, a CONNACK has one of six return codes, a SUBACK one error. A property equal to the
 * standard's default is not sent. Which reason strings and user properties a peer wants to see
 * [MQTT-3.1.2-29], and how large a packet [MQTT-3.1.2-24], is for the caller to know.
 *
 * <p>All methods throw {@link IllegalArgumentException}, before anything is written, for what no
 * bytes can say: strings above 65,535 bytes, packets above 268,435,455 bytes, an AUTH before MQTT
 * 5.0. No state; any thread.
 */
public final class PacketEncoder {
  private PacketEncoder() {}

  /** Appends a packet in the form of a protocol version; a {@link Connect} in that of its own. */
  public static void encode(Packet packet, MqttVersion version, ByteBuf out) {
    switch (packet) {
      case Publish p ->
          encodePublish(
              version,
              p.topic(),
              p.topicAlias(),
              p.qos(),
              p.retain(),
              p.duplicate(),
              p.packetId(),
              p.properties(),
              p.payload(),
              out);
      case PubAck p ->
          AcknowledgementEncoder.encode(
              PacketType.PUBACK, p.packetId(), p.reasonCode(), p.properties(), version, out);
      case PubRec p ->
          AcknowledgementEncoder.encode(
              PacketType.PUBREC, p.packetId(), p.reasonCode(), p.properties(), version, out);
      case PubRel p ->
          AcknowledgementEncoder.encode(
              PacketType.PUBREL, p.packetId(), p.reasonCode(), p.properties(), version, out);
      case PubComp p ->
          AcknowledgementEncoder.encode(
              PacketType.PUBCOMP, p.packetId(), p.reasonCode(), p.properties(), version, out);
      case Connect p -> ConnectEncoder.encode(p, out);
      case ConnAck p -> ConnAckEncoder.encode(p, version, out);
      case Subscribe p -> SubscribeEncoder.encode(p, version, out);
      case SubAck p -> SubAckEncoder.encode(p, version, out);
      case Unsubscribe p -> SubscribeEncoder.encode(p, version, out);
      case UnsubAck p -> SubAckEncoder.encode(p, version, out);
      case PingReq p -> FieldWriter.start(out, PacketType.PINGREQ, 0);
      case PingResp p -> FieldWriter.start(out, PacketType.PINGRESP, 0);
      case Disconnect p -> DisconnectEncoder.encode(p, version, out);
      case Auth p -> AuthEncoder.encode(p, version, out);
    }
  }

  /**
   * Bytes of the whole PUBLISH packet on the wire.
   *
   * @param topic null where it is named by alias alone
   * @param topicAlias {@link Publish#NO_ALIAS} where there is none
   * @param payloadLength bytes
   */
  public static int publishLength(
      MqttVersion version,
      @Nullable TopicName topic,
      int topicAlias,
      QoS qos,
      PublishProperties properties,
      int payloadLength) {
    int propertiesLength = PublishEncoder.propertiesLength(version, topicAlias, properties);
    int remaining = PublishEncoder.remainingLength(topic, qos, propertiesLength, payloadLength);
    return 1 + VariableByteInteger.length(remaining) + remaining;
  }

  /**
   * Appends a PUBLISH packet without the record, for speed.
   *
   * @param topic null where it is named by alias alone, MQTT 5.0 only
   * @param topicAlias {@link Publish#NO_ALIAS} where there is none; not sent before MQTT 5.0
   * @param packetId not sent at QoS 0
   * @param payload read between reader and writer index, not consumed
   * @return offset of the packet id from the packet's first byte, so that the bytes can be reused
   *     with another id; -1 at QoS 0
   */
  public static int encodePublish(
      MqttVersion version,
      @Nullable TopicName topic,
      int topicAlias,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      PublishProperties properties,
      ByteBuf payload,
      ByteBuf out) {
    int payloadLength = payload.readableBytes();
    int propertiesLength = PublishEncoder.propertiesLength(version, topicAlias, properties);
    int remaining = PublishEncoder.remainingLength(topic, qos, propertiesLength, payloadLength);
    int packetBytes = 1 + VariableByteInteger.length(remaining) + remaining;
    int packetIdOffset =
        PublishEncoder.encodeHeader(
            topic,
            topicAlias,
            qos,
            retain,
            duplicate,
            packetId,
            properties,
            propertiesLength,
            remaining,
            packetBytes,
            out);
    out.writeBytes(payload, payload.readerIndex(), payloadLength);
    return packetIdOffset;
  }

  /**
   * Appends a PUBLISH packet without its payload, which the caller sends by reference behind it.
   *
   * @param payloadLength bytes of the payload that follows
   * @return as {@link #encodePublish}
   */
  public static int encodePublishHeader(
      MqttVersion version,
      @Nullable TopicName topic,
      int topicAlias,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      PublishProperties properties,
      int payloadLength,
      ByteBuf out) {
    int propertiesLength = PublishEncoder.propertiesLength(version, topicAlias, properties);
    int remaining = PublishEncoder.remainingLength(topic, qos, propertiesLength, payloadLength);
    int headerBytes = 1 + VariableByteInteger.length(remaining) + remaining - payloadLength;
    return PublishEncoder.encodeHeader(
        topic,
        topicAlias,
        qos,
        retain,
        duplicate,
        packetId,
        properties,
        propertiesLength,
        remaining,
        headerBytes,
        out);
  }
}
