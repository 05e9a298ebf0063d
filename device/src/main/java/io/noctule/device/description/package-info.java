/**
 * What a device is told to be: {@link io.noctule.device.description.DeviceDescription}, the content
 * of {@code device.yaml}, and {@link io.noctule.device.description.DeviceConfiguration}, what is in
 * force of it after changes at run time. Immutable values and pure functions, without threads and
 * without MQTT; {@link io.noctule.device.description.DescriptionReader} reads files.
 */
@NullMarked
package io.noctule.device.description;

import org.jspecify.annotations.NullMarked;
