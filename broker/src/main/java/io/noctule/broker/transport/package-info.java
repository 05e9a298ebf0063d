/**
 * Listeners and pipelines: from a socket to packets and back, for TCP and WebSocket.
 *
 * <p>Read {@link io.noctule.broker.transport.Listener} for how a port is opened and {@link
 * io.noctule.broker.transport.MqttChannelHandler} for how bytes become packets.
 */
@NullMarked
package io.noctule.broker.transport;

import org.jspecify.annotations.NullMarked;
