/**
 * Proving who one is: passwords checked away from the event loops, a limit on guessing, one-time
 * tokens. Read {@link io.noctule.access.login.Logins} first. Any thread.
 */
@NullMarked
package io.noctule.access.login;

import org.jspecify.annotations.NullMarked;
