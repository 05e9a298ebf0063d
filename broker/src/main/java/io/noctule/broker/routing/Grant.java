package io.noctule.broker.routing;

import io.noctule.broker.topic.SharedGroup;
import io.noctule.protocol.packet.QoS;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the matching subscriptions of one subscriber add up to: a message goes to it once, at the
 * highest quality of service granted [MQTT-3.3.4-2], with all their identifiers [MQTT-3.3.4-4].
 *
 * @param maximumQos the highest quality of service granted
 * @param retainAsPublished whether any of them passes the RETAIN flag on
 * @param subscriptionIdentifiers in the order found; empty where there are none
 * @param group the shared subscription that the message was given for; null for an ordinary one
 */
public record Grant(
    QoS maximumQos,
    boolean retainAsPublished,
    List<Integer> subscriptionIdentifiers,
    @Nullable SharedGroup<Subscriber, Subscription> group) {

  /** Of a single subscription. */
  public static Grant of(Subscription subscription) {
    return of(subscription, null);
  }

  /** Of a member of a shared subscription. */
  static Grant of(
      Subscription subscription, @Nullable SharedGroup<Subscriber, Subscription> group) {
    return new Grant(
        subscription.maximumQos(),
        subscription.retainAsPublished(),
        subscription.identifier() == 0 ? List.of() : List.of(subscription.identifier()),
        group);
  }
}
