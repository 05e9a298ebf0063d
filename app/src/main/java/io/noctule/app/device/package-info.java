/**
 * {@code noctule device}: a device from the command line. {@link
 * io.noctule.app.device.DeviceCommand} reads the options, {@code DeviceRun} does what they say and
 * tells it as events, which {@code EventText} and {@code EventJson} put into lines. One thread
 * prints: the one that called.
 */
@NullMarked
package io.noctule.app.device;

import org.jspecify.annotations.NullMarked;
