/** The page itself, files in the class path's folder {@code page}. */
@NullMarked
package io.noctule.console.page;

import org.jspecify.annotations.NullMarked;
