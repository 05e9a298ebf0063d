/** What the broker tells its operator: events in words, with a bound on how many a second. */
@NullMarked
package io.noctule.broker.observe;

import org.jspecify.annotations.NullMarked;
