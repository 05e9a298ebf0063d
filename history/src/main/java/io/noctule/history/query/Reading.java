package io.noctule.history.query;

import java.time.Instant;

/**
 * A reading as it was recorded.
 *
 * @param metric the name of its series
 * @param time when it was measured
 * @param value what was measured
 */
public record Reading(String metric, Instant time, double value) {}
