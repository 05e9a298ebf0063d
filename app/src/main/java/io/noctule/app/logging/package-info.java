/**
 * What the log looks like: {@link io.noctule.app.logging.ConsoleLogging}, found by Logback as a
 * service.
 */
@NullMarked
package io.noctule.app.logging;

import org.jspecify.annotations.NullMarked;
