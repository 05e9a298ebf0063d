package io.noctule.broker.routing;

import io.noctule.broker.topic.SharedGroup;
import java.util.List;

/**
 * What a topic matches.
 *
 * @param recipients how many ordinary subscribers, each counted once
 * @param byLoop ordinary subscribers, grouped by the loop that owns them
 * @param groups shared subscriptions: one member each gets the message
 */
record Matches(
    int recipients,
    List<LoopRecipients> byLoop,
    List<SharedGroup<Subscriber, Subscription>> groups) {

  boolean isEmpty() {
    return byLoop.isEmpty() && groups.isEmpty();
  }
}
