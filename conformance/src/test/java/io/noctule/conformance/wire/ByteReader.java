package io.noctule.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the standard's data representations from a packet's body, front to back. */
final class ByteReader {
  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int u8() {
    return bytes[position++] & 0xFF;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  long u32() {
    return (long) u16() << 16 | u16();
  }

  int variable() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = u8();
      value |= (digit & 0x7F) << shift;
      if ((digit & 0x80) == 0) {
        return value;
      }
    }
  }

  String string() {
    return new String(take(u16()), StandardCharsets.UTF_8);
  }

  byte[] take(int count) {
    if (count > bytes.length - position) {
      throw new AssertionError("a field runs over the end of " + Bytes.toHex(bytes));
    }
    position += count;
    return Arrays.copyOfRange(bytes, position - count, position);
  }

  byte[] rest() {
    return take(bytes.length - position);
  }

  boolean hasMore() {
    return position < bytes.length;
  }

  int position() {
    return position;
  }
}
