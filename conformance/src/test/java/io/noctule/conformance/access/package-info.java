/** Users and rules from outside: what a client sees, and what the operator is told. */
@NullMarked
package io.noctule.conformance.access;

import org.jspecify.annotations.NullMarked;
