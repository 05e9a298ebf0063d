/**
 * Bytes to packets and back, for MQTT 3.1, 3.1.1 and 5.0.
 *
 * <p>Read {@link io.noctule.protocol.codec.PacketDecoder} first. A decoder belongs to one
 * connection and is used by its event loop alone; the encoder has no state. Knows netty-buffer,
 * nothing else of Netty.
 */
@NullMarked
package io.noctule.protocol.codec;

import org.jspecify.annotations.NullMarked;
