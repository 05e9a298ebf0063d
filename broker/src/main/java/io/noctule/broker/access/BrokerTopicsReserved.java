package io.noctule.broker.access;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;

/** Everybody may do everything, but {@code $SYS/} topics are published by the broker alone. */
public final class BrokerTopicsReserved implements Authorizer {
  private static final String BROKER_TOPICS = "$SYS/";

  @Override
  public boolean mayPublish(String clientId, TopicName topic) {
    return !topic.startsWithDollar() || !topic.text().startsWith(BROKER_TOPICS);
  }

  @Override
  public boolean maySubscribe(String clientId, TopicFilter filter) {
    return true;
  }
}
