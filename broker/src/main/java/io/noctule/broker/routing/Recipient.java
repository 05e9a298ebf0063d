package io.noctule.broker.routing;

import org.jspecify.annotations.Nullable;

/**
 * A subscriber that matches a topic.
 *
 * @param subscriber who
 * @param grant what others' messages are delivered with
 * @param ownGrant what the subscriber's own messages are delivered with; null where no-local leaves
 *     them out [MQTT-3.8.3-3]
 */
record Recipient(Subscriber subscriber, Grant grant, @Nullable Grant ownGrant) {
  static Recipient of(Subscriber subscriber, Subscription subscription) {
    Grant grant = Grant.of(subscription);
    return new Recipient(subscriber, grant, subscription.noLocal() ? null : grant);
  }

  Recipient plus(Subscription subscription) {
    Grant own = ownGrant;
    if (!subscription.noLocal()) {
      own = own == null ? Grant.of(subscription) : own.plus(subscription);
    }
    return new Recipient(subscriber, grant.plus(subscription), own);
  }

  /**
   * Whether own and others' messages are treated alike, which saves the comparison of client ids.
   */
  boolean ignoresPublisher() {
    return grant.equals(ownGrant);
  }
}
