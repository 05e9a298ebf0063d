/** What the broker says of itself on its topics below {@code /broker}. */
@NullMarked
package io.noctule.console.broker;

import org.jspecify.annotations.NullMarked;
