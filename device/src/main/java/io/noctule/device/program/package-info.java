/**
 * Other programs, run without a shell, for a limited time and with limited output: {@link
 * io.noctule.device.program.Program}. Stateless; uses the JDK alone.
 */
@NullMarked
package io.noctule.device.program;

import org.jspecify.annotations.NullMarked;
