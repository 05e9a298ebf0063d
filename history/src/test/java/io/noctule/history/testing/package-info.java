/** What the tests of several packages share. */
@NullMarked
package io.noctule.history.testing;

import org.jspecify.annotations.NullMarked;
