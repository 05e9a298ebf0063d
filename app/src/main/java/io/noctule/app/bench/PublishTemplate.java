package io.noctule.app.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import java.nio.charset.StandardCharsets;

/**
 * The PUBLISH packet of one publisher, encoded once: sending copies it and fills in packet
 * identifier, sequence number and time. Immutable.
 */
final class PublishTemplate {
  /**
   * Publisher (4 bytes), sequence number (8) and time of sending in nanoseconds (8) start each
   * payload.
   */
  static final int MINIMUM_PAYLOAD_BYTES = 20;

  /** Where the sequence number stands in the payload. */
  static final int SEQUENCE_OFFSET = 4;

  /** Where the time of sending stands in the payload. */
  static final int TIME_OFFSET = 12;

  private static final int PUBLISH = 3 << 4;
  private static final int FIXED_HEADER_LIMIT_BYTES = 5;

  private final byte[] packet;
  private final int packetIdOffset;
  private final int payloadOffset;

  PublishTemplate(String topic, int publisher, LoadPlan plan) {
    byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
    boolean identified = plan.qos() != QoS.AT_MOST_ONCE;
    boolean properties = plan.version() == MqttVersion.MQTT_5;
    int headerBytes = 2 + topicBytes.length + (identified ? 2 : 0) + (properties ? 1 : 0);
    int remaining = headerBytes + plan.payloadBytes();
    ByteBuf buffer = Unpooled.buffer(FIXED_HEADER_LIMIT_BYTES + remaining);
    buffer.writeByte(PUBLISH | (plan.qos().value() << 1));
    writeRemainingLength(buffer, remaining);
    buffer.writeShort(topicBytes.length).writeBytes(topicBytes);
    packetIdOffset = buffer.writerIndex();
    if (identified) {
      buffer.writeShort(0);
    }
    if (properties) {
      buffer.writeByte(0);
    }
    payloadOffset = buffer.writerIndex();
    buffer.writeInt(publisher).writeZero(plan.payloadBytes() - Integer.BYTES);
    packet = new byte[buffer.readableBytes()];
    buffer.readBytes(packet);
  }

  private static void writeRemainingLength(ByteBuf buffer, int length) {
    int rest = length;
    while (rest > 0x7F) {
      buffer.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer.writeByte(rest);
  }

  int packetBytes() {
    return packet.length;
  }

  /** Appends a packet at QoS 0. */
  void write(ByteBuf out, long sequence, long timeNanos) {
    int start = out.writerIndex();
    out.writeBytes(packet);
    int payload = start + payloadOffset;
    out.setLong(payload + SEQUENCE_OFFSET, sequence);
    out.setLong(payload + TIME_OFFSET, timeNanos);
  }

  /** Appends a packet at QoS 1 or 2. */
  void write(ByteBuf out, long sequence, long timeNanos, int packetId) {
    int start = out.writerIndex();
    write(out, sequence, timeNanos);
    out.setShort(start + packetIdOffset, packetId);
  }
}
