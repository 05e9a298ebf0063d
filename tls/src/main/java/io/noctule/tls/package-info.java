/**
 * Reads certificates and keys from PEM files and makes TLS contexts of them, for servers and
 * clients.
 */
@NullMarked
package io.noctule.tls;

import org.jspecify.annotations.NullMarked;
