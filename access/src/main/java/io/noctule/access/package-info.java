/** Who may connect, publish and subscribe: users with passwords, and rules. */
@NullMarked
package io.noctule.access;

import org.jspecify.annotations.NullMarked;
