package io.noctule.broker.routing;

import io.noctule.broker.topic.SharedGroup;
import java.util.List;

/**
 * What a topic matches, as of a version of the topic tree.
 *
 * @param version of the topic tree when it was looked up
 * @param byLoop ordinary subscribers, grouped by the loop that owns them
 * @param groups shared subscriptions: one member each gets the message
 */
record Matches(
    long version, List<LoopRecipients> byLoop, List<SharedGroup<Subscriber, Subscription>> groups) {

  boolean isEmpty() {
    return byLoop.isEmpty() && groups.isEmpty();
  }
}
