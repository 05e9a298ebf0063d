/** Command line, configuration and wiring: the only module that sees all others. */
@NullMarked
package io.noctule.app;

import org.jspecify.annotations.NullMarked;
