package io.noctule.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A PUBLISH packet.
 *
 * @param packetId 0 at QoS 0
 * @param properties none before MQTT 5
 */
public record Publish(
    String topic,
    String payload,
    int qos,
    int packetId,
    boolean retain,
    boolean dup,
    List<Property> properties) {

  /** A message at QoS 0. */
  public static Publish of(String topic, String payload) {
    return new Publish(topic, payload, 0, 0, false, false, List.of());
  }

  /** The same at QoS 1 or 2. */
  public Publish qos(int level, int id) {
    return new Publish(topic, payload, level, id, retain, dup, properties);
  }

  /** The same with the RETAIN flag. */
  public Publish retained() {
    return new Publish(topic, payload, qos, packetId, true, dup, properties);
  }

  /** The same with the DUP flag. */
  public Publish again() {
    return new Publish(topic, payload, qos, packetId, retain, true, properties);
  }

  /** The same with one more property. */
  public Publish with(int propertyId, Object value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(Property.of(propertyId, value));
    return new Publish(topic, payload, qos, packetId, retain, dup, List.copyOf(more));
  }

  /** The same without properties. */
  public Publish withoutProperties() {
    return new Publish(topic, payload, qos, packetId, retain, dup, List.of());
  }

  /** The values of a property in their order. */
  public List<Object> values(int propertyId) {
    return properties.stream()
        .filter(property -> property.id() == propertyId)
        .map(Property::value)
        .toList();
  }

  /** The packet as bytes. */
  public byte[] encode(Version version) {
    int flags = (dup ? 8 : 0) | qos << 1 | (retain ? 1 : 0);
    return Bytes.packet(
        0x30 | flags,
        Bytes.string(topic),
        qos > 0 ? Bytes.u16(packetId) : new byte[0],
        version.isV5() ? Property.block(properties) : new byte[0],
        payload.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a packet, which must be PUBLISH. */
  public static Publish read(Packet packet, Version version) {
    if (packet.type() != Packet.PUBLISH) {
      throw new AssertionError("expected PUBLISH, came " + packet);
    }
    ByteReader in = packet.reader();
    String topic = in.string();
    int qos = packet.flags() >> 1 & 3;
    int packetId = qos > 0 ? in.u16() : 0;
    List<Property> properties = version.isV5() ? Property.read(in) : List.of();
    return new Publish(
        topic,
        new String(in.rest(), StandardCharsets.UTF_8),
        qos,
        packetId,
        (packet.flags() & 1) != 0,
        (packet.flags() & 8) != 0,
        properties);
  }
}
