/**
 * Keeps the readings of devices in a database, and answers queries about them. {@link
 * io.noctule.history.HistoryService} is what a program starts; the parts are {@code record} (from
 * the broker into the database), {@code database} and {@code query}.
 */
@NullMarked
package io.noctule.history;

import org.jspecify.annotations.NullMarked;
