/**
 * The last message of each topic that was published with the RETAIN flag.
 *
 * <p>One store a broker, read and changed by all loops.
 */
@NullMarked
package io.noctule.broker.retained;

import org.jspecify.annotations.NullMarked;
