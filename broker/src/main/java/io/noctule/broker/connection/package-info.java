/**
 * One client's protocol life on one network connection.
 *
 * <p>Read {@link io.noctule.broker.connection.Connection} first: it takes decoded packets and sends
 * packets. Owned by the event loop of its channel.
 */
@NullMarked
package io.noctule.broker.connection;

import org.jspecify.annotations.NullMarked;
