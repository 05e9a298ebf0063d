/** The bounds that keep the broker alive whatever clients do: one record, set at start. */
@NullMarked
package io.noctule.broker.limits;

import org.jspecify.annotations.NullMarked;
