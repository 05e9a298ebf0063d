/**
 * MQTT as bytes on a socket, written from the standard alone: none of it is the program's codec, so
 * that an error there cannot hide itself.
 *
 * <p>Read {@link io.noctule.conformance.wire.RawClient} for the bytes and {@link
 * io.noctule.conformance.wire.Peer} for a whole conversation.
 */
@NullMarked
package io.noctule.conformance.wire;

import org.jspecify.annotations.NullMarked;
