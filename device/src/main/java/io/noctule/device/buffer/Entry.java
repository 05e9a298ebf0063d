package io.noctule.device.buffer;

/**
 * A record of a {@link DiskBuffer}.
 *
 * @param sequence its number: each record has a higher one than those before it
 * @param bytes what was appended; owned by whoever reads it
 */
@SuppressWarnings("ArrayRecordComponent") // Told apart by its number.
public record Entry(long sequence, byte[] bytes) {}
