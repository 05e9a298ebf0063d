/**
 * The clients behind {@code noctule pub} and {@code noctule sub}, with the options, the output and
 * the manners of mosquitto_pub and mosquitto_sub. Read {@link io.noctule.app.client.SubCommand}
 * first; {@code MqttClient} is the connection, used by one reading thread, writing being open to
 * all. Knows protocol and blocking sockets: a tool that is called in a loop must start fast.
 */
@NullMarked
package io.noctule.app.client;

import org.jspecify.annotations.NullMarked;
