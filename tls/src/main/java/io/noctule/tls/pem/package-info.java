/**
 * Certificates and private keys in PEM files: read, checked, written, and described for people.
 * Read {@link io.noctule.tls.pem.Identity} first.
 */
@NullMarked
package io.noctule.tls.pem;

import org.jspecify.annotations.NullMarked;
