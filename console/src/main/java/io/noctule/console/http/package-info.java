/**
 * What every answer of the console has in common: JSON bodies, errors as problems (RFC 9457), and
 * what a request must bring before it is looked at ({@link io.noctule.console.http.RequestGuard}).
 */
@NullMarked
package io.noctule.console.http;

import org.jspecify.annotations.NullMarked;
