package io.noctule.broker.connection;

import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.topic.TopicName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The topic aliases that a client has set on its connection (MQTT 5.0, section 3.3.2.3.4). Bound:
 * the maximum told.
 */
final class IncomingAliases {
  private static final int FIRST_CAPACITY = 8;

  private final int maximum;
  private @Nullable TopicName[] topics = new TopicName[0];

  IncomingAliases(int maximum) {
    this.maximum = maximum;
  }

  /** The topic of a PUBLISH packet, by name or by alias; a name with an alias sets the alias. */
  TopicName resolve(Publish packet) throws ProtocolException {
    int alias = packet.topicAlias();
    TopicName topic = packet.topic();
    if (alias == Publish.NO_ALIAS) {
      if (topic == null) {
        throw ProtocolException.protocolError("PUBLISH has neither a topic name nor an alias");
      }
      return topic;
    }
    if (alias > maximum) { // [MQTT-3.3.2-9]
      throw new ProtocolException(
          ReasonCode.TOPIC_ALIAS_INVALID,
          "topic alias " + alias + " is above the maximum of " + maximum);
    }
    if (topic != null) {
      set(alias, topic);
      return topic;
    }
    TopicName known = alias < topics.length ? topics[alias] : null;
    if (known == null) {
      throw ProtocolException.protocolError("topic alias " + alias + " has not been set");
    }
    return known;
  }

  private void set(int alias, TopicName topic) {
    if (alias >= topics.length) {
      int capacity = Math.max(FIRST_CAPACITY, Math.max(alias + 1, topics.length * 2));
      topics = Arrays.copyOf(topics, Math.min(maximum + 1, capacity));
    }
    topics[alias] = topic;
  }
}
