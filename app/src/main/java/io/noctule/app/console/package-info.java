/**
 * {@code noctule console}: {@link io.noctule.app.console.ConsoleCommand}. {@link
 * io.noctule.app.console.ConsoleOptions} is shared with the commands that start a broker; {@link
 * io.noctule.app.console.KnownPeople} tells the console who the users of the data folder are.
 */
@NullMarked
package io.noctule.app.console;

import org.jspecify.annotations.NullMarked;
