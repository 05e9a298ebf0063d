package io.noctule.broker.session;

import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.observe.EventLog;
import io.noctule.broker.retained.RetainedMessages;
import io.noctule.broker.routing.Router;
import io.noctule.broker.routing.Subscriber;
import io.noctule.broker.routing.Subscription;
import io.noctule.broker.topic.TopicTree;

/**
 * What the sessions of one loop work with.
 *
 * @param loop that owns them
 * @param router of that loop
 * @param tree of all subscriptions of the broker
 * @param retained messages of the broker
 * @param registry of all sessions of the broker
 * @param budget of all queues of the broker
 * @param limits in force
 * @param events what the operator is told
 */
public record SessionServices(
    BrokerLoop loop,
    Router router,
    TopicTree<Subscriber, Subscription> tree,
    RetainedMessages retained,
    SessionRegistry registry,
    QueueBudget budget,
    Limits limits,
    EventLog events) {}
