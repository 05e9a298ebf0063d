/** Tests of the buffer: histories against a model, torn and damaged files, a full disk, kill -9. */
@NullMarked
package io.noctule.device.buffer;

import org.jspecify.annotations.NullMarked;
