/** Readings of the past, out of the history. */
@NullMarked
package io.noctule.console.series;

import org.jspecify.annotations.NullMarked;
