/**
 * Sensors: where numbers come from ({@link io.noctule.device.sensor.Sensor}), and {@link
 * io.noctule.device.sensor.Sampler}, which reads them in time and tells what is worth sending. The
 * sampler's thread owns all state; sensors are read on threads of their own, each by one at a time.
 * Knows nothing of MQTT.
 */
@NullMarked
package io.noctule.device.sensor;

import org.jspecify.annotations.NullMarked;
