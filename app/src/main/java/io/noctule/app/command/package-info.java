/**
 * What each command knows of the process that it runs in: {@link
 * io.noctule.app.command.CommandContext} first. The commands stand in packages of their own, which
 * use this one; the entry point uses them.
 */
@NullMarked
package io.noctule.app.command;

import org.jspecify.annotations.NullMarked;
