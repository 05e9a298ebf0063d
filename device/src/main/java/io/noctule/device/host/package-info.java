/**
 * What a device says of itself: the name and address of its machine, and the greeting that it
 * publishes. Stateless; sends nothing.
 */
@NullMarked
package io.noctule.device.host;

import org.jspecify.annotations.NullMarked;
