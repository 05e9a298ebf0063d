package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes the fields that packets are made of, and tells their length beforehand. */
final class FieldWriter {
  private static final int LONGEST_BYTES = 65_535;

  private FieldWriter() {}

  /**
   * Bytes of a UTF-8 string with its length before it.
   *
   * @throws IllegalArgumentException where the text is longer than 65,535 bytes
   */
  static int stringLength(String text) {
    return prefixed(ByteBufUtil.utf8Bytes(text));
  }

  /**
   * Bytes of binary data with their length before them.
   *
   * @throws IllegalArgumentException where there are more than 65,535
   */
  static int binaryLength(byte[] data) {
    return prefixed(data.length);
  }

  static void writeString(ByteBuf out, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    out.writeShort(length);
    ByteBufUtil.reserveAndWriteUtf8(out, text, length);
  }

  static void writeBinary(ByteBuf out, byte[] data) {
    out.writeShort(data.length);
    out.writeBytes(data);
  }

  /**
   * Makes room for a whole packet of any type but PUBLISH and starts it.
   *
   * @param remainingLength bytes that the caller will write
   */
  static void start(ByteBuf out, PacketType type, int remainingLength) {
    requireRemainingLength(remainingLength);
    out.ensureWritable(1 + VariableByteInteger.length(remainingLength) + remainingLength);
    out.writeByte(type.firstByte());
    VariableByteInteger.write(out, remainingLength);
  }

  /** What the sums of lengths below must stay within; a negative one has overflowed. */
  static void requireRemainingLength(int remainingLength) {
    if (remainingLength < 0 || remainingLength > VariableByteInteger.MAXIMUM) {
      throw new IllegalArgumentException(
          "a packet's remaining length must be at most %d bytes, was %d"
              .formatted(VariableByteInteger.MAXIMUM, Integer.toUnsignedLong(remainingLength)));
    }
  }

  private static int prefixed(int length) {
    if (length > LONGEST_BYTES) {
      throw new IllegalArgumentException(
          "a string or binary data must be at most 65535 bytes, was " + length);
    }
    return Short.BYTES + length;
  }
}
