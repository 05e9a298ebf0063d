/**
 * Event loops, one per core by default, and the ways from one to another.
 *
 * <p>Read {@link io.noctule.broker.loop.BrokerLoop} first. A loop owns its connections and
 * sessions: plain fields, no locks; everybody else posts it a command.
 */
@NullMarked
package io.noctule.broker.loop;

import org.jspecify.annotations.NullMarked;
