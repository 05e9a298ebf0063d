/** TLS from outside: who is let in, who is not, and what everybody is told. */
@NullMarked
package io.noctule.conformance.tls;

import org.jspecify.annotations.NullMarked;
