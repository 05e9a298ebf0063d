/**
 * What devices have said of themselves: {@link io.noctule.console.device.DeviceDirectory}. Written
 * by the thread of the feed, read by those of the requests.
 */
@NullMarked
package io.noctule.console.device;

import org.jspecify.annotations.NullMarked;
