package io.noctule.device.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A reading as it lies in the buffer: the length of the topic in bytes (2), the topic, the payload.
 *
 * @param topic where it goes
 * @param payload JSON
 */
record ReadingRecord(String topic, String payload) {
  byte[] encode() {
    byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
    byte[] payloadBytes = payload.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + topicBytes.length + payloadBytes.length)
        .putShort((short) topicBytes.length)
        .put(topicBytes)
        .put(payloadBytes)
        .array();
  }

  /** The reading of a record; null where the bytes are none. */
  static @Nullable ReadingRecord decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < Short.BYTES) {
      return null;
    }
    int length = Short.toUnsignedInt(buffer.getShort());
    if (length == 0 || length > buffer.remaining()) {
      return null;
    }
    String topic = new String(bytes, Short.BYTES, length, StandardCharsets.UTF_8);
    int start = Short.BYTES + length;
    return new ReadingRecord(
        topic, new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
  }
}
