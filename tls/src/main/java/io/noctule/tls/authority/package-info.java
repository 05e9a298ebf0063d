/**
 * A small certificate authority for those who have none: {@link
 * io.noctule.tls.authority.LocalCertificates} keeps it in a folder, with a certificate for this
 * machine.
 */
@NullMarked
package io.noctule.tls.authority;

import org.jspecify.annotations.NullMarked;
