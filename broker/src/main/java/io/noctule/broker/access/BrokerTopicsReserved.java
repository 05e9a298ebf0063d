package io.noctule.broker.access;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;

/** Everybody may do everything, but {@code $SYS/} topics are published by the broker alone. */
public final class BrokerTopicsReserved implements Authorizer {
  /** The answer to whoever else publishes there. */
  public static final Decision RESERVED = Decision.denied("$SYS/ is for the broker alone");

  private static final Decision ALLOWED = Decision.allowed("everything is allowed");
  private static final String BROKER_TOPICS = "$SYS/";

  /** Whether a topic is published by the broker alone, whatever rules say. */
  public static boolean isReserved(TopicName topic) {
    return topic.startsWithDollar() && topic.text().startsWith(BROKER_TOPICS);
  }

  @Override
  public Decision mayPublish(Identity who, TopicName topic) {
    return isReserved(topic) ? RESERVED : ALLOWED;
  }

  @Override
  public Decision maySubscribe(Identity who, TopicFilter filter) {
    return ALLOWED;
  }
}
