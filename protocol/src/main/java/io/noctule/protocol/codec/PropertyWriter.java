package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.UserProperty;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures or writes properties (MQTT 5.0, section 2.2.2): the length of the block stands before
 * it, so that each encoder lists its properties once and is run twice, first by {@link #measure},
 * then by {@link #write}.
 */
final class PropertyWriter {
  private final @Nullable ByteBuf out;
  private int length;

  private PropertyWriter(@Nullable ByteBuf out) {
    this.out = out;
  }

  /** Bytes of the properties that an encoder lists, without the property length before them. */
  static int measure(Consumer<PropertyWriter> properties) {
    PropertyWriter writer = new PropertyWriter(null);
    properties.accept(writer);
    return writer.length;
  }

  /** Bytes of a measured block with the property length before it. */
  static int blockLength(int measured) {
    return VariableByteInteger.length(measured) + measured;
  }

  /** Writes property length and properties. */
  static void write(ByteBuf out, int measured, Consumer<PropertyWriter> properties) {
    VariableByteInteger.write(out, measured);
    properties.accept(new PropertyWriter(out));
  }

  void uint8(Property property, int value) {
    length += 1 + Byte.BYTES;
    if (out != null) {
      out.writeByte(property.identifier());
      out.writeByte(value);
    }
  }

  /** Written unless it is what holds without. */
  void flag(Property property, boolean value, boolean unset) {
    if (value != unset) {
      uint8(property, value ? 1 : 0);
    }
  }

  void uint16(Property property, int value) {
    length += 1 + Short.BYTES;
    if (out != null) {
      out.writeByte(property.identifier());
      out.writeShort(value);
    }
  }

  /** Written unless it is what holds without. */
  void uint16(Property property, int value, int unset) {
    if (value != unset) {
      uint16(property, value);
    }
  }

  void uint32(Property property, long value) {
    length += 1 + Integer.BYTES;
    if (out != null) {
      out.writeByte(property.identifier());
      out.writeInt((int) value);
    }
  }

  /** Written unless it is what holds without. */
  void uint32(Property property, long value, long unset) {
    if (value != unset) {
      uint32(property, value);
    }
  }

  void variableByteInteger(Property property, int value) {
    length += 1 + VariableByteInteger.length(value);
    if (out != null) {
      out.writeByte(property.identifier());
      VariableByteInteger.write(out, value);
    }
  }

  /** Written unless it is null. */
  void string(Property property, @Nullable String value) {
    if (value == null) {
      return;
    }
    if (out == null) {
      length += 1 + FieldWriter.stringLength(value);
    } else {
      out.writeByte(property.identifier());
      FieldWriter.writeString(out, value);
    }
  }

  /** Written unless it is null. */
  void binary(Property property, byte @Nullable [] value) {
    if (value == null) {
      return;
    }
    length += 1 + FieldWriter.binaryLength(value);
    if (out != null) {
      out.writeByte(property.identifier());
      FieldWriter.writeBinary(out, value);
    }
  }

  void userProperties(List<UserProperty> properties) {
    for (int i = 0; i < properties.size(); i++) {
      UserProperty property = properties.get(i);
      if (out == null) {
        length += 1 + FieldWriter.stringLength(property.name());
        length += FieldWriter.stringLength(property.value());
      } else {
        out.writeByte(Property.USER_PROPERTY.identifier());
        FieldWriter.writeString(out, property.name());
        FieldWriter.writeString(out, property.value());
      }
    }
  }

  void reasonProperties(ReasonProperties properties) {
    string(Property.REASON_STRING, properties.reasonString());
    userProperties(properties.userProperties());
  }
}
