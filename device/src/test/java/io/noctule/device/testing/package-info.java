/** Brokers for tests: Debian's mosquitto, and one that does what a script says. */
@NullMarked
package io.noctule.device.testing;

import org.jspecify.annotations.NullMarked;
