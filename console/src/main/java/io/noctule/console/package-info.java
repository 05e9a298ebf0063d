/** The HTTP API and the web page. */
@NullMarked
package io.noctule.console;

import org.jspecify.annotations.NullMarked;
