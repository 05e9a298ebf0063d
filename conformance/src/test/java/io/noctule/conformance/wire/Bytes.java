package io.noctule.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The standard's data representations (section 1.5) as byte arrays. */
public final class Bytes {
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private Bytes() {}

  /** Bytes of hexadecimal digits; blanks are left out. */
  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** Two digits a byte, a blank between them. */
  public static String toHex(byte[] bytes) {
    return SPACED.formatHex(bytes);
  }

  /** The low byte of each number. */
  public static byte[] of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** A Two Byte Integer. */
  public static byte[] u16(int value) {
    return of(value >> 8, value);
  }

  /** A Four Byte Integer. */
  public static byte[] u32(long value) {
    return of((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
  }

  /** A Variable Byte Integer. */
  public static byte[] variable(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    do {
      int digit = rest & 0x7F;
      rest >>>= 7;
      out.write(rest == 0 ? digit : digit | 0x80);
    } while (rest != 0);
    return out.toByteArray();
  }

  /** A UTF-8 Encoded String. */
  public static byte[] string(String text) {
    return binary(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Binary Data. */
  public static byte[] binary(byte[] data) {
    return concat(u16(data.length), data);
  }

  /** One after another. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A packet: its first byte, the remaining length, and what follows. */
  public static byte[] packet(int firstByte, byte[]... parts) {
    byte[] body = concat(parts);
    return concat(of(firstByte), variable(body.length), body);
  }
}
