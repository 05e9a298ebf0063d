/**
 * Who is logged in. {@link io.noctule.console.session.People} is the question that the program
 * answers; {@link io.noctule.console.session.Sessions} remembers the answer for a while.
 */
@NullMarked
package io.noctule.console.session;

import org.jspecify.annotations.NullMarked;
