package io.noctule.broker.access;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;

/**
 * Decides what a client may publish and subscribe to. Called on event loops: must be quick, for
 * publications without garbage.
 */
public interface Authorizer {
  /** Whether a client may publish to a topic; asked for wills too. */
  Decision mayPublish(Identity who, TopicName topic);

  /**
   * Whether a client may get everything that a filter matches. Nothing is asked when messages are
   * delivered, so a filter of which the client must not get some topics has to be denied as a
   * whole. For a shared subscription the filter behind it counts ({@link TopicFilter#match}).
   */
  Decision maySubscribe(Identity who, TopicFilter filter);
}
