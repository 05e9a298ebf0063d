/**
 * Users with groups and passwords, and the file that they are kept in. Read {@link
 * io.noctule.access.user.User} first. Values are immutable; {@link io.noctule.access.user.UserFile}
 * may be used by several processes at once.
 */
@NullMarked
package io.noctule.access.user;

import org.jspecify.annotations.NullMarked;
