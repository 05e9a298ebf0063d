@NullMarked
package io.noctule.console;

import org.jspecify.annotations.NullMarked;
