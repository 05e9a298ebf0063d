/** The edge agent as a library. Knows an MQTT client library, not the broker. */
@NullMarked
package io.noctule.device;

import org.jspecify.annotations.NullMarked;
