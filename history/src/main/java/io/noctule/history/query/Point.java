package io.noctule.history.query;

import java.time.Instant;

/**
 * The readings of a stretch of time, or one reading as it was.
 *
 * @param first time of the first reading
 * @param last time of the last reading; that of the first where there is one
 * @param min the least value
 * @param max the greatest value
 * @param average the mean of the values
 * @param count how many readings, at least 1
 */
public record Point(
    Instant first, Instant last, double min, double max, double average, long count) {}
