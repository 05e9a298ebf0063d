package io.noctule.protocol.packet;

import io.noctule.protocol.topic.TopicFilter;
import java.util.List;

/**
 * Ends subscriptions (MQTT 5.0, section 3.10).
 *
 * @param packetId 1 to 65535
 * @param userProperties in order; empty where there are none
 * @param filters at least one [MQTT-3.10.3-2]
 */
public record Unsubscribe(
    int packetId, List<UserProperty> userProperties, List<TopicFilter> filters) implements Packet {
  /** Copies the lists. */
  public Unsubscribe {
    userProperties = List.copyOf(userProperties);
    filters = List.copyOf(filters);
  }
}
