package io.noctule.console.device;

import java.time.Instant;

/**
 * The newest reading of a sensor.
 *
 * @param value what was measured
 * @param time when, by the device's clock where it tells a plausible time
 */
record Measured(double value, Instant time) {}
