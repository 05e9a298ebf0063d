/**
 * The console's own connections to the broker: {@link io.noctule.console.mqtt.BrokerFeed} receives,
 * {@link io.noctule.console.mqtt.PersonalPublisher} publishes for a person.
 */
@NullMarked
package io.noctule.console.mqtt;

import org.jspecify.annotations.NullMarked;
