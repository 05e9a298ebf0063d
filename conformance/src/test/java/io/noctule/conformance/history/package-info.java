/**
 * The history as a process of its own, killed, cut off and left without its database while messages
 * flow: {@link io.noctule.conformance.history.ExactlyOnceContract} first.
 */
@NullMarked
package io.noctule.conformance.history;

import org.jspecify.annotations.NullMarked;
