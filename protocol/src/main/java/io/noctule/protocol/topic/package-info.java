/**
 * Topic names and topic filters as values that are valid once made.
 *
 * <p>Immutable; any thread.
 */
@NullMarked
package io.noctule.protocol.topic;

import org.jspecify.annotations.NullMarked;
