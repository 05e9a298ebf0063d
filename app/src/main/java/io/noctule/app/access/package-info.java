/**
 * {@code noctule access}: {@link io.noctule.app.access.AccessCommand} and the commands below it.
 */
@NullMarked
package io.noctule.app.access;

import org.jspecify.annotations.NullMarked;
