package io.noctule.broker.routing;

import io.noctule.protocol.packet.QoS;
import java.util.ArrayList;
import java.util.List;

/**
 * What the matching subscriptions of one subscriber add up to: a message goes to it once, at the
 * highest quality of service granted [MQTT-3.3.4-2], with all their identifiers [MQTT-3.3.4-4].
 *
 * @param maximumQos the highest quality of service granted
 * @param retainAsPublished whether any of them passes the RETAIN flag on
 * @param subscriptionIdentifiers in the order found; empty where there are none
 */
public record Grant(
    QoS maximumQos, boolean retainAsPublished, List<Integer> subscriptionIdentifiers) {

  /** Of a single subscription. */
  public static Grant of(Subscription subscription) {
    return new Grant(
        subscription.maximumQos(),
        subscription.retainAsPublished(),
        subscription.identifier() == 0 ? List.of() : List.of(subscription.identifier()));
  }

  /** This and another subscription of the same subscriber. */
  Grant plus(Subscription subscription) {
    List<Integer> identifiers = subscriptionIdentifiers;
    if (subscription.identifier() != 0) {
      identifiers = new ArrayList<>(subscriptionIdentifiers);
      identifiers.add(subscription.identifier());
    }
    return new Grant(
        maximumQos.max(subscription.maximumQos()),
        retainAsPublished || subscription.retainAsPublished(),
        List.copyOf(identifiers));
  }
}
