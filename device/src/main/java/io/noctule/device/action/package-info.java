/**
 * What a device does when a message comes. {@link io.noctule.device.action.Actions} first: it holds
 * the actions of a description, looks at each message with their {@link
 * io.noctule.device.action.Condition}s and carries their steps out: a line in the log, a message
 * made from a {@code Template}, a program, or Java code ({@link
 * io.noctule.device.action.ActionFactory}). Messages are looked at by the thread that brings them;
 * programs and Java code run on a few threads of this package, each action's one after the other.
 */
@NullMarked
package io.noctule.device.action;

import org.jspecify.annotations.NullMarked;
