/** Black-box tests of the whole program over sockets, and the rules that the code is built by. */
@NullMarked
package io.noctule.conformance;

import org.jspecify.annotations.NullMarked;
