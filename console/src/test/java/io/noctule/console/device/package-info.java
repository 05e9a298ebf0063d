@NullMarked
package io.noctule.console.device;

import org.jspecify.annotations.NullMarked;
