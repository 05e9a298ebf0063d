@NullMarked
package io.noctule.console.relay;

import org.jspecify.annotations.NullMarked;
