/**
 * Command line, configuration and wiring: the only module that sees all others. {@link
 * io.noctule.app.Main} finds the command and runs it; each command has a package of its own.
 */
@NullMarked
package io.noctule.app;

import org.jspecify.annotations.NullMarked;
