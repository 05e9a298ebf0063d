package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;

/** Numbers in one to four bytes of seven bits, the lowest first (MQTT 5.0, section 1.5.5). */
final class VariableByteInteger {
  /** The largest number: four bytes of seven bits. */
  static final int MAXIMUM = 268_435_455;

  /** The answer where the bytes end before the number does. */
  static final int INCOMPLETE = -1;

  private static final int LONGEST_BYTES = 4;

  private VariableByteInteger() {}

  /** Bytes that a number takes, 1 to 4. */
  static int length(int value) {
    if (value < 1 << 7) {
      return 1;
    }
    if (value < 1 << 14) {
      return 2;
    }
    return value < 1 << 21 ? 3 : 4;
  }

  /**
   * The number at an index, without moving the reader index. It took {@link #length} bytes, since
   * longer forms of the same number are refused [MQTT-1.5.5-1].
   *
   * @param end index behind the last byte that belongs to the number's packet
   * @param field for the message of an error
   * @return {@link #INCOMPLETE} where the number goes on behind the end
   */
  static int get(ByteBuf in, int index, int end, String field) throws ProtocolException {
    int value = 0;
    for (int i = 0; i < LONGEST_BYTES; i++) {
      if (index + i >= end) {
        return INCOMPLETE;
      }
      int octet = in.getByte(index + i);
      value |= (octet & 0x7F) << (7 * i);
      if (octet >= 0) {
        if (octet == 0 && i > 0) {
          throw ProtocolException.malformed(
              field + " " + value + " takes more bytes than it must, " + (i + 1));
        }
        return value;
      }
    }
    throw ProtocolException.malformed(field + " goes on after 4 bytes, the most allowed");
  }

  /** Appends a number of 0 to {@link #MAXIMUM}. */
  static void write(ByteBuf out, int value) {
    out.writerIndex(set(out, out.writerIndex(), value));
  }

  /**
   * Puts a number of 0 to {@link #MAXIMUM} at an index that is within the capacity.
   *
   * @return the index behind it
   */
  static int set(ByteBuf out, int index, int value) {
    int at = index;
    int rest = value;
    while (rest > 0x7F) {
      out.setByte(at++, rest | 0x80);
      rest >>>= 7;
    }
    out.setByte(at++, rest);
    return at;
  }
}
