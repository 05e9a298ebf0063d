/**
 * The page's own MQTT connection, relayed to the broker with the person's rights: {@link
 * io.noctule.console.relay.MqttRelay}.
 */
@NullMarked
package io.noctule.console.relay;

import org.jspecify.annotations.NullMarked;
