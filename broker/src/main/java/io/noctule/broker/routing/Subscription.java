package io.noctule.broker.routing;

import io.noctule.protocol.packet.QoS;

/**
 * The options of a subscription in force.
 *
 * @param maximumQos the quality of service granted
 * @param noLocal whether the client's own messages are left out
 * @param retainAsPublished whether the RETAIN flag is passed on
 * @param identifier 1 to 268,435,455; 0 where there is none
 */
public record Subscription(
    QoS maximumQos, boolean noLocal, boolean retainAsPublished, int identifier) {}
