package io.noctule.broker.access;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;

/**
 * Decides what a client may publish and subscribe to. Called on event loops for each message: must
 * be quick.
 */
public interface Authorizer {
  /** Whether a client may publish to a topic; asked for wills too. */
  boolean mayPublish(String clientId, TopicName topic);

  /** Whether a client may subscribe to a filter. */
  boolean maySubscribe(String clientId, TopicFilter filter);
}
