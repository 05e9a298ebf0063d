/**
 * {@code noctule broker}: {@link io.noctule.app.broker.BrokerCommand}. {@link
 * io.noctule.app.broker.BrokerOptions} is shared with the other commands that start a broker.
 */
@NullMarked
package io.noctule.app.broker;

import org.jspecify.annotations.NullMarked;
