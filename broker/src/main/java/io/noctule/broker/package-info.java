/**
 * The broker as a library. Knows the protocol and Netty; the features live in the packages below.
 */
@NullMarked
package io.noctule.broker;

import org.jspecify.annotations.NullMarked;
