/** Micro-benchmarks of the parts where time counts. */
@NullMarked
package io.noctule.bench;

import org.jspecify.annotations.NullMarked;
