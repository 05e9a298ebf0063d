package io.noctule.device.sensor;

/**
 * One attempt to read a sensor, handed to a reader.
 *
 * @param id different for each attempt, so that a late answer is known as such
 * @param name of the sensor
 * @param sensor what to read
 * @param slow whether it is expected to take long, and so better gets a thread of its own
 */
record SensorRead(long id, String name, Sensor sensor, boolean slow) {}
