/** The console's API and relay from outside, over HTTP and WebSocket, beside a broker that runs. */
@NullMarked
package io.noctule.conformance.console;

import org.jspecify.annotations.NullMarked;
