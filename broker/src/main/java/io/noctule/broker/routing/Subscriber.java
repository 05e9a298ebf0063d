package io.noctule.broker.routing;

import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.message.Publication;

/** Who can subscribe: a session. Identity is its equality. */
public interface Subscriber {
  /** The client identifier. Any thread. */
  String clientId();

  /** The loop that owns it, for all its life. Any thread. */
  BrokerLoop loop();

  /** Whether its client is connected now; a hint for shared subscriptions. Any thread. */
  boolean isConnected();

  /** Takes a message that one or more of its subscriptions match. On its loop. */
  void deliver(Publication publication, Grant grant);
}
