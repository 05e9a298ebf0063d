/**
 * MQTT packets and values, and the way between bytes and packets. Knows buffers, nothing of
 * connections.
 */
@NullMarked
package io.noctule.protocol;

import org.jspecify.annotations.NullMarked;
