/**
 * Public MQTT clients, each against our broker over real sockets.
 *
 * <p>Read {@link io.noctule.conformance.interop.InteroperabilityContract} for what every client has
 * to manage; each test class below it brings in one client.
 */
@NullMarked
package io.noctule.conformance.interop;

import org.jspecify.annotations.NullMarked;
