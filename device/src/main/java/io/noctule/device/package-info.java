/**
 * The edge agent as a library: a device that stays connected to an MQTT broker, publishes, and acts
 * on messages. Read {@link io.noctule.device.Device} first.
 *
 * <p>Two threads per device: the <em>loop</em> ({@code DeviceLoop}) owns all state of the
 * connection, the <em>call-back thread</em> ({@code Callbacks}) runs the user's code. Knows the
 * HiveMQ MQTT client library, and that only in {@code Mqtt3Connection}, {@code Mqtt5Connection} and
 * {@code BrokerAnswers}; knows nothing of the broker module.
 */
@NullMarked
package io.noctule.device;

import org.jspecify.annotations.NullMarked;
