/**
 * From the broker into the database: {@link io.noctule.history.record.Recorder} first. Messages
 * come on the MQTT client's thread, which reads them ({@link
 * io.noctule.history.record.MessageReader}) and puts them into the bounded {@link
 * io.noctule.history.record.Intake}; one thread, the {@link io.noctule.history.record.Writer},
 * commits batches and acknowledges them. Knows MQTT and the database, not the queries.
 */
@NullMarked
package io.noctule.history.record;

import org.jspecify.annotations.NullMarked;
