package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads the fields of one packet, or of a part of it, in place and never past its end. Each length
 * is checked before anything is allocated for it.
 */
final class BodyReader {
  private static final int LONGEST_QUOTE = 120;

  private final ByteBuf in;
  private final int end;
  private final PacketType packet;

  /**
   * A reader from the buffer's reader index.
   *
   * @param end index behind the last byte; not beyond the writer index
   * @param packet for the messages of errors
   */
  BodyReader(ByteBuf in, int end, PacketType packet) {
    this.in = in;
    this.end = end;
    this.packet = packet;
  }

  /** A reader of the next bytes only; this one goes on behind them once they have been read. */
  BodyReader part(int length, String field) throws ProtocolException {
    require(length, field);
    return new BodyReader(in, in.readerIndex() + length, packet);
  }

  /** Bytes left. */
  int remaining() {
    return end - in.readerIndex();
  }

  boolean isAtEnd() {
    return in.readerIndex() == end;
  }

  int uint8(String field) throws ProtocolException {
    require(Byte.BYTES, field);
    return in.readUnsignedByte();
  }

  int uint16(String field) throws ProtocolException {
    require(Short.BYTES, field);
    return in.readUnsignedShort();
  }

  long uint32(String field) throws ProtocolException {
    require(Integer.BYTES, field);
    return in.readUnsignedInt();
  }

  int variableByteInteger(String field) throws ProtocolException {
    int index = in.readerIndex();
    int value = VariableByteInteger.get(in, index, end, field);
    if (value == VariableByteInteger.INCOMPLETE) {
      throw malformed(field, "goes on behind the end of the packet");
    }
    in.readerIndex(index + VariableByteInteger.length(value));
    return value;
  }

  /** A packet identifier [MQTT-2.2.1-3] [MQTT-2.2.1-4]. */
  int packetId() throws ProtocolException {
    int packetId = uint16("packet id");
    if (packetId == 0) {
      throw protocolError("packet id", "is 0, must be 1 to 65535");
    }
    return packetId;
  }

  /** A UTF-8 string [MQTT-1.5.4-1] [MQTT-1.5.4-2]. */
  String string(String field) throws ProtocolException {
    int length = uint16(field);
    require(length, field);
    int index = in.readerIndex();
    requireUtf8(in, index, length, packet, field);
    String value = in.toString(index, length, StandardCharsets.UTF_8);
    in.readerIndex(index + length);
    return value;
  }

  byte[] binary(String field) throws ProtocolException {
    int length = uint16(field);
    require(length, field);
    byte[] value = new byte[length];
    in.readBytes(value);
    return value;
  }

  /** A topic name without wildcards [MQTT-4.7.1-1] [MQTT-4.7.3-1]. */
  TopicName topicName(String field) throws ProtocolException {
    return topicName(string(field), packet, field);
  }

  static TopicName topicName(String text, PacketType packet, String field)
      throws ProtocolException {
    try {
      return TopicName.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(
          ReasonCode.TOPIC_NAME_INVALID, packet + " " + field + ": " + quote(e));
    }
  }

  /**
   * A topic filter with its wildcards in place [MQTT-4.7.1-1] [MQTT-4.7.1-2] [MQTT-4.8.2-1]
   * [MQTT-4.8.2-2].
   */
  TopicFilter topicFilter() throws ProtocolException {
    String text = string("topic filter");
    try {
      return TopicFilter.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(
          ReasonCode.TOPIC_FILTER_INVALID, packet + " topic filter: " + quote(e));
    }
  }

  ReasonCode reasonCode(Set<ReasonCode> allowed) throws ProtocolException {
    int value = uint8("reason code");
    ReasonCode code = ReasonCode.of(value);
    if (code == null) {
      throw malformed("reason code", "0x%02X is not known".formatted(value));
    }
    if (!allowed.contains(code)) {
      throw protocolError("reason code", code + " is not allowed in this packet");
    }
    return code;
  }

  /** What the whole packet must be when its fields have been read. */
  void requireEnd() throws ProtocolException {
    if (!isAtEnd()) {
      throw malformed("remaining length", "is " + remaining() + " bytes more than its fields");
    }
  }

  ProtocolException malformed(String field, String fault) {
    return ProtocolException.malformed(packet + " " + field + " " + fault);
  }

  ProtocolException protocolError(String field, String fault) {
    return ProtocolException.protocolError(packet + " " + field + " " + fault);
  }

  static void requireUtf8(ByteBuf in, int index, int length, PacketType packet, String field)
      throws ProtocolException {
    int invalid = Utf8.firstInvalid(in, index, length);
    if (invalid != Utf8.VALID) {
      throw ProtocolException.malformed(
          "%s %s is not UTF-8 without U+0000 at its byte %d (0x%02X)"
              .formatted(packet, field, invalid - index, in.getUnsignedByte(invalid)));
    }
  }

  private void require(int bytes, String field) throws ProtocolException {
    if (remaining() < bytes) {
      throw malformed(
          field, "needs " + bytes + " bytes, but only " + Math.max(0, remaining()) + " are left");
    }
  }

  /** Cut, and without control characters: what strangers send must neither fill nor forge a log. */
  private static String quote(IllegalArgumentException fault) {
    String text = String.valueOf(fault.getMessage());
    String cut = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
