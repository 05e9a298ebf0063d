package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;

/**
 * What UTF-8 a packet may carry (MQTT 5.0, section 1.5.4): well-formed as Unicode and RFC 3629 say,
 * hence without surrogates, overlong forms and code points above U+10FFFF [MQTT-1.5.4-1]; without
 * U+0000 [MQTT-1.5.4-2]. Control characters and non-characters may be refused by the standard's
 * leave; they are accepted here. A byte order mark is a character like others [MQTT-1.5.4-3].
 */
final class Utf8 {
  /** The answer where all bytes are allowed. */
  static final int VALID = -1;

  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /**
   * Looks for bytes that are not allowed.
   *
   * @return the index of the first sequence that is not allowed, or {@link #VALID}
   */
  static int firstInvalid(ByteBuf in, int index, int length) {
    int end = index + length;
    int i = index;
    while (i < end) {
      if (end - i >= Long.BYTES && isPlain(in.getLong(i))) {
        i += Long.BYTES;
        continue;
      }
      int sequence = sequenceLength(in, i, end);
      if (sequence == 0) {
        return i;
      }
      i += sequence;
    }
    return VALID;
  }

  /**
   * Whether all eight bytes are 0x01 to 0x7F: then no byte borrows in the subtraction and no high
   * bit is set.
   */
  private static boolean isPlain(long eightBytes) {
    return (((eightBytes - LOW_BITS) | eightBytes) & HIGH_BITS) == 0;
  }

  /**
   * Bytes of the sequence that starts at an index, 0 where it is not allowed. The bounds of the
   * second byte are those of the Unicode standard's table of well-formed sequences.
   */
  private static int sequenceLength(ByteBuf in, int index, int end) {
    int lead = in.getUnsignedByte(index);
    if (lead < 0x80) {
      return lead == 0 ? 0 : 1;
    }
    int length = lengthAnnouncedBy(lead);
    if (length == 0 || length > end - index) {
      return 0;
    }
    int second = in.getUnsignedByte(index + 1);
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80; // Else overlong.
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF; // Else surrogate, or too high.
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((in.getByte(index + i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * 0 where no sequence starts so: continuation bytes, the overlong 0xC0 and 0xC1, and 0xF5 and
   * above.
   */
  private static int lengthAnnouncedBy(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    if (lead < 0xE0) {
      return 2;
    }
    return lead < 0xF0 ? 3 : 4;
  }
}
