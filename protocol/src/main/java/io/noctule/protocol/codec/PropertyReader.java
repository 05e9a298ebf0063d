package io.noctule.protocol.codec;

import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties of a packet one after the other (MQTT 5.0, section 2.2.2): {@code while
 * (next()) switch (property())}. Refuses a property that the standard does not know (malformed) or
 * that comes twice (protocol error); which ones a packet may have is said by its decoder's switch,
 * whose default is {@link #notAllowed}.
 */
final class PropertyReader {
  private final BodyReader block;

  /** One bit a property, by ordinal. */
  private long seen;

  private Property property = Property.USER_PROPERTY;
  private @Nullable List<UserProperty> userProperties;

  /** Starts at the property length. */
  PropertyReader(BodyReader body) throws ProtocolException {
    int length = body.variableByteInteger("property length");
    this.block = body.part(length, "properties");
  }

  /** Reads the next property's identifier; false where the properties end. */
  boolean next() throws ProtocolException {
    if (block.isAtEnd()) {
      return false;
    }
    int identifier = block.variableByteInteger("property identifier");
    Property known = Property.of(identifier);
    if (known == null) {
      throw block.malformed("property identifier", identifier + " is not known");
    }
    property = known;
    return true;
  }

  /** Which property comes now. */
  Property property() {
    return property;
  }

  /** Byte of 0 or 1. */
  boolean flag() throws ProtocolException {
    once();
    int value = block.uint8(property.name());
    if (value > 1) {
      throw block.protocolError(property.name(), "is " + value + ", must be 0 or 1");
    }
    return value == 1;
  }

  int uint16() throws ProtocolException {
    once();
    return block.uint16(property.name());
  }

  int uint16NotZero() throws ProtocolException {
    int value = uint16();
    requireNotZero(value);
    return value;
  }

  long uint32() throws ProtocolException {
    once();
    return block.uint32(property.name());
  }

  long uint32NotZero() throws ProtocolException {
    long value = uint32();
    requireNotZero(value);
    return value;
  }

  String string() throws ProtocolException {
    once();
    return block.string(property.name());
  }

  byte[] binary() throws ProtocolException {
    once();
    return block.binary(property.name());
  }

  PayloadFormat payloadFormat() throws ProtocolException {
    return flag() ? PayloadFormat.UTF_8 : PayloadFormat.BYTES;
  }

  /** Text of a topic name without wildcards [MQTT-3.3.2-14]. */
  String responseTopic() throws ProtocolException {
    String topic = string();
    if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw block.protocolError(
          property.name(), "must have at least one character and no wildcard");
    }
    return topic;
  }

  /** 1 to 268,435,455; whether it may come more than once is for the caller to know. */
  int subscriptionIdentifier() throws ProtocolException {
    int value = block.variableByteInteger(property.name());
    requireNotZero(value);
    return value;
  }

  /** Adds to {@link #userProperties}; may come any number of times, in an order that is kept. */
  void userProperty() throws ProtocolException {
    List<UserProperty> list = userProperties;
    if (list == null) {
      list = new ArrayList<>(4);
      userProperties = list;
    }
    String name = block.string("name of USER_PROPERTY");
    list.add(new UserProperty(name, block.string("value of USER_PROPERTY")));
  }

  /** What {@link #userProperty} has gathered. */
  List<UserProperty> userProperties() {
    List<UserProperty> list = userProperties;
    return list == null ? List.of() : list;
  }

  /** All properties of the packets that have a reason string and user properties only. */
  ReasonProperties reasonProperties() throws ProtocolException {
    if (block.isAtEnd()) {
      return ReasonProperties.NONE;
    }
    String reasonString = null;
    while (next()) {
      switch (property) {
        case REASON_STRING -> reasonString = string();
        case USER_PROPERTY -> userProperty();
        default -> throw notAllowed();
      }
    }
    return new ReasonProperties(reasonString, userProperties());
  }

  /** Refuses the same property a second time. */
  void once() throws ProtocolException {
    long bit = 1L << property.ordinal();
    if ((seen & bit) != 0) {
      throw block.protocolError(property.name(), "must not come more than once");
    }
    seen |= bit;
  }

  /** The property is not one of this packet's (section 2.2.2.2). */
  ProtocolException notAllowed() {
    return block.malformed(property.name(), "is not a property of this packet");
  }

  /** The property is one of this packet's but not allowed here. */
  ProtocolException protocolError(String fault) {
    return block.protocolError(property.name(), fault);
  }

  private void requireNotZero(long value) throws ProtocolException {
    if (value == 0) {
      throw block.protocolError(property.name(), "must not be 0");
    }
  }
}
