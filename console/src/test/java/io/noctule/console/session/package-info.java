@NullMarked
package io.noctule.console.session;

import org.jspecify.annotations.NullMarked;
