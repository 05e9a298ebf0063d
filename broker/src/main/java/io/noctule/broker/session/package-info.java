/**
 * What outlives a network connection: subscriptions, messages in flight and queued, the will.
 *
 * <p>Read {@link io.noctule.broker.session.Session} first. A session is owned by one loop for all
 * its life; a client that comes back on another loop has its channel moved there.
 */
@NullMarked
package io.noctule.broker.session;

import org.jspecify.annotations.NullMarked;
