/**
 * Clients that mean harm or are broken: the broker serves the others, logs no error and leaks
 * nothing.
 */
@NullMarked
package io.noctule.conformance.hostile;

import org.jspecify.annotations.NullMarked;
