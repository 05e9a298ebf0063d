/** Keeps the readings of devices in a database, and answers queries about them. */
@NullMarked
package io.noctule.history;

import org.jspecify.annotations.NullMarked;
