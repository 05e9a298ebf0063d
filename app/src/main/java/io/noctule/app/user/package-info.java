/** {@code noctule user}: {@link io.noctule.app.user.UserCommand} and the commands below it. */
@NullMarked
package io.noctule.app.user;

import org.jspecify.annotations.NullMarked;
