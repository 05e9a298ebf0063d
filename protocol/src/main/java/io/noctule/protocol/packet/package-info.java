/**
 * The MQTT control packets as immutable values, shared by all protocol versions.
 *
 * <p>Read {@link io.noctule.protocol.packet.Packet} first: it lists them all. Nothing here knows
 * bytes (see {@code codec}) or sessions. Values are immutable and may be used by any thread, but
 * for the payload of a {@link io.noctule.protocol.packet.Publish}, which is a view of the buffer
 * that it was decoded from.
 */
@NullMarked
package io.noctule.protocol.packet;

import org.jspecify.annotations.NullMarked;
