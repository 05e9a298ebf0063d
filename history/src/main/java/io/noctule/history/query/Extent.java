package io.noctule.history.query;

import java.time.Instant;

/**
 * How far a series reaches.
 *
 * @param metric the name of the series
 * @param from time of its first reading
 * @param to time of its last
 */
public record Extent(String metric, Instant from, Instant to) {}
