package io.noctule.broker.connection;

import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The topic aliases that the broker sets on a connection: the topics used last, so that busy ones
 * keep theirs. Bound: the client's maximum or the broker's, whichever is lower.
 */
final class OutgoingAliases {
  private final int maximum;
  private final LinkedHashMap<TopicName, Integer> aliases = new LinkedHashMap<>(16, 0.75f, true);
  private boolean known;

  /**
   * No alias yet.
   *
   * @param maximum at least 1 [MQTT-3.3.2-10]
   */
  OutgoingAliases(int maximum) {
    this.maximum = maximum;
  }

  /** The alias of a topic; {@link #isKnown} then tells whether the client knows it already. */
  int aliasOf(TopicName topic) {
    Integer alias = aliases.get(topic);
    known = alias != null;
    if (alias != null) {
      return alias;
    }
    int fresh;
    if (aliases.size() < maximum) {
      fresh = aliases.size() + 1;
    } else {
      Map.Entry<TopicName, Integer> oldest = aliases.firstEntry();
      if (oldest == null) {
        return Publish.NO_ALIAS;
      }
      fresh = oldest.getValue();
      aliases.remove(oldest.getKey());
    }
    aliases.put(topic, fresh);
    return fresh;
  }

  /** Whether the last answer was known to the client, so that the topic name can stay out. */
  boolean isKnown() {
    return known;
  }
}
