/**
 * From a topic to the sessions that get the message, grouped by the loop that owns them.
 *
 * <p>Read {@link io.noctule.broker.routing.Router} first: one a loop, around the topic tree that
 * all share.
 */
@NullMarked
package io.noctule.broker.routing;

import org.jspecify.annotations.NullMarked;
