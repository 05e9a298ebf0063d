/**
 * Readings on disk, from their measuring until the broker has acknowledged them: {@link
 * io.noctule.device.buffer.DiskBuffer}. Segment files of records with length and CRC-32C, appended
 * to and read back in order. One thread owns a buffer; nothing here starts a thread. Uses the JDK
 * alone.
 */
@NullMarked
package io.noctule.device.buffer;

import org.jspecify.annotations.NullMarked;
