package io.noctule.history.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device of which something was recorded.
 *
 * @param name its name
 * @param firstSeen when its first message arrived
 * @param lastTime the time of its newest message; null where all were removed by age
 * @param series how many series it has
 */
public record DeviceSummary(
    String name, Instant firstSeen, @Nullable Instant lastTime, int series) {}
