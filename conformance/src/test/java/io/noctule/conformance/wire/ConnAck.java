package io.noctule.conformance.wire;

import java.util.List;

/** A CONNACK packet. */
public record ConnAck(int flags, int reasonCode, List<Property> properties) {

  static ConnAck read(Packet packet, Version version) {
    if (packet.type() != Packet.CONNACK || packet.flags() != 0) {
      throw new AssertionError("expected CONNACK, came " + packet);
    }
    ByteReader in = packet.reader();
    ConnAck connAck = new ConnAck(in.u8(), in.u8(), version.isV5() ? Property.read(in) : List.of());
    if (in.hasMore()) {
      throw new AssertionError("CONNACK goes on after its end: " + packet);
    }
    return connAck;
  }

  /** Whether the broker had a session of this client. */
  public boolean sessionPresent() {
    return (flags & 1) != 0;
  }

  /** The value of a property that must be there. */
  public Object value(int propertyId) {
    return properties.stream()
        .filter(property -> property.id() == propertyId)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no property " + propertyId + " in " + this))
        .value();
  }

  /** Whether a property is there. */
  public boolean has(int propertyId) {
    return properties.stream().anyMatch(property -> property.id() == propertyId);
  }
}
