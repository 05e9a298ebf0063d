/**
 * What is known by topic: subscriptions by topic filter and values by topic name. Start at {@link
 * io.noctule.broker.topic.TopicTree}.
 *
 * <p>Readers never wait; writers take the lock of one tree. Knows the topics of the protocol module
 * and the JDK.
 */
@NullMarked
package io.noctule.broker.topic;

import org.jspecify.annotations.NullMarked;
