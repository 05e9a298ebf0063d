/**
 * What the history keeps, and where: {@link io.noctule.history.database.Database} first, then
 * {@link io.noctule.history.database.Store}, which writes batches. A store belongs to one thread,
 * the writer; readers have connections of their own. Knows JDBC, not MQTT.
 */
@NullMarked
package io.noctule.history.database;

import org.jspecify.annotations.NullMarked;
