/**
 * Application messages on their way through the broker, and their encoded forms.
 *
 * <p>Read {@link io.noctule.broker.message.Publication} first.
 */
@NullMarked
package io.noctule.broker.message;

import org.jspecify.annotations.NullMarked;
