package io.noctule.protocol.packet;

/**
 * A user property of a packet (MQTT 5.0, section 2.2.2.2, property 38). Names may repeat; order is
 * kept.
 *
 * @param name any string that MQTT can carry
 * @param value any string that MQTT can carry
 */
public record UserProperty(String name, String value) {}
