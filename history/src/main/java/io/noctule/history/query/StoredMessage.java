package io.noctule.history.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was recorded.
 *
 * @param time its own time, else that of its arrival
 * @param received when it arrived
 * @param topic where it was published
 * @param size length of its payload in bytes
 * @param text the payload where it is text
 * @param bytes the payload where it is not; neither where it was too long to be kept
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record StoredMessage(
    Instant time,
    Instant received,
    String topic,
    int size,
    @Nullable String text,
    byte @Nullable [] bytes) {}
