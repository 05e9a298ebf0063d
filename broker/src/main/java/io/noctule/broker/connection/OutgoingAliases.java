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

  /**
   * No alias yet.
   *
   * @param maximum at least 1 [MQTT-3.3.2-10]
   */
  OutgoingAliases(int maximum) {
    this.maximum = maximum;
  }

  /** The alias that the client knows for a topic; {@link Publish#NO_ALIAS} where it knows none. */
  int known(TopicName topic) {
    Integer alias = aliases.get(topic);
    return alias == null ? Publish.NO_ALIAS : alias;
  }

  /**
   * An alias for a topic without one, to be sent together with its name: a free one, or the oldest.
   */
  int take(TopicName topic) {
    int fresh = aliases.size() + 1;
    if (aliases.size() >= maximum) {
      Map.Entry<TopicName, Integer> oldest = aliases.firstEntry();
      fresh = oldest.getValue();
      aliases.remove(oldest.getKey());
    }
    aliases.put(topic, fresh);
    return fresh;
  }
}
