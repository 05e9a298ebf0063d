package io.noctule.conformance.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A property of MQTT 5 (section 2.2.2.2).
 *
 * @param value an Integer, a Long for four bytes, or a String; binary data as hexadecimal digits, a
 *     string pair as {@code name=value}
 */
public record Property(int id, Object value) {
  public static final int PAYLOAD_FORMAT = 0x01;
  public static final int MESSAGE_EXPIRY = 0x02;
  public static final int CONTENT_TYPE = 0x03;
  public static final int RESPONSE_TOPIC = 0x08;
  public static final int CORRELATION_DATA = 0x09;
  public static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
  public static final int SESSION_EXPIRY = 0x11;
  public static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
  public static final int WILL_DELAY = 0x18;
  public static final int REASON_STRING = 0x1F;
  public static final int RECEIVE_MAXIMUM = 0x21;
  public static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  public static final int TOPIC_ALIAS = 0x23;
  public static final int USER_PROPERTY = 0x26;
  public static final int MAXIMUM_PACKET_SIZE = 0x27;

  /** A property with a number or a text. */
  public static Property of(int id, Object value) {
    return new Property(id, value);
  }

  private enum Type {
    BYTE,
    TWO_BYTES,
    FOUR_BYTES,
    VARIABLE,
    STRING,
    BINARY,
    PAIR
  }

  private static Type typeOf(int id) {
    return switch (id) {
      case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> Type.BYTE;
      case 0x13, 0x21, 0x22, 0x23 -> Type.TWO_BYTES;
      case 0x02, 0x11, 0x18, 0x27 -> Type.FOUR_BYTES;
      case 0x0B -> Type.VARIABLE;
      case 0x03, 0x08, 0x12, 0x15, 0x1A, 0x1C, 0x1F -> Type.STRING;
      case 0x09, 0x16 -> Type.BINARY;
      case 0x26 -> Type.PAIR;
      default -> throw new AssertionError("there is no property " + id);
    };
  }

  private byte[] encode() {
    String text = value.toString();
    byte[] content =
        switch (typeOf(id)) {
          case BYTE -> Bytes.of(Integer.parseInt(text));
          case TWO_BYTES -> Bytes.u16(Integer.parseInt(text));
          case FOUR_BYTES -> Bytes.u32(Long.parseLong(text));
          case VARIABLE -> Bytes.variable(Integer.parseInt(text));
          case STRING -> Bytes.string(text);
          case BINARY -> Bytes.binary(Bytes.hex(text));
          case PAIR -> {
            int equals = text.indexOf('=');
            yield Bytes.concat(
                Bytes.string(text.substring(0, equals)), Bytes.string(text.substring(equals + 1)));
          }
        };
    return Bytes.concat(Bytes.variable(id), content);
  }

  /** A property block with its length. */
  public static byte[] block(List<Property> properties) {
    byte[] content = Bytes.concat(properties.stream().map(Property::encode).toArray(byte[][]::new));
    return Bytes.concat(Bytes.variable(content.length), content);
  }

  /** Reads a property block with its length. */
  static List<Property> read(ByteReader in) {
    int length = in.variable();
    int end = in.position() + length;
    List<Property> properties = new ArrayList<>();
    while (in.position() < end) {
      int id = in.variable();
      Object value =
          switch (typeOf(id)) {
            case BYTE -> in.u8();
            case TWO_BYTES -> in.u16();
            case FOUR_BYTES -> in.u32();
            case VARIABLE -> in.variable();
            case STRING -> in.string();
            case BINARY -> Bytes.toHex(in.take(in.u16()));
            case PAIR -> in.string() + "=" + in.string();
          };
      properties.add(new Property(id, value));
    }
    return List.copyOf(properties);
  }
}
