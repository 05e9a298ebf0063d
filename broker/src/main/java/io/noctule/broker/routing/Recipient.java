package io.noctule.broker.routing;

import io.noctule.protocol.packet.QoS;
import java.util.ArrayList;
import java.util.List;
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

  /** Whether own and others' messages are treated alike, which saves comparing client ids. */
  boolean ignoresPublisher() {
    return grant.equals(ownGrant);
  }

  /** Gathers the matching subscriptions of one subscriber. */
  static final class Builder {
    private final Subscriber subscriber;
    // Most subscribers match by one subscription; the list is for the others.
    private @Nullable Subscription first;
    private List<Subscription> more = List.of();

    Builder(Subscriber subscriber) {
      this.subscriber = subscriber;
    }

    void add(Subscription subscription) {
      if (first == null) {
        first = subscription;
        return;
      }
      if (more.isEmpty()) {
        more = new ArrayList<>();
      }
      more.add(subscription);
    }

    /** After at least one subscription. */
    Recipient build() {
      Subscription only = first;
      if (only == null) {
        throw new IllegalStateException("a recipient has at least one subscription");
      }
      if (more.isEmpty()) {
        Grant grant = Grant.of(only);
        return new Recipient(subscriber, grant, only.noLocal() ? null : grant);
      }
      List<Subscription> all = new ArrayList<>(more.size() + 1);
      all.add(only);
      all.addAll(more);
      List<Subscription> own = all.stream().filter(each -> !each.noLocal()).toList();
      return new Recipient(subscriber, sum(all), own.isEmpty() ? null : sum(own));
    }

    private static Grant sum(List<Subscription> subscriptions) {
      QoS maximumQos = QoS.AT_MOST_ONCE;
      boolean retainAsPublished = false;
      List<Integer> identifiers = new ArrayList<>();
      for (Subscription subscription : subscriptions) {
        maximumQos = maximumQos.max(subscription.maximumQos());
        retainAsPublished |= subscription.retainAsPublished();
        if (subscription.identifier() != 0) {
          identifiers.add(subscription.identifier());
        }
      }
      return new Grant(maximumQos, retainAsPublished, List.copyOf(identifiers), null);
    }
  }
}
