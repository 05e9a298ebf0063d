/**
 * TLS on the command line: the options of those who connect ({@link
 * io.noctule.app.tls.ClientTlsOptions}) and of those who listen ({@link
 * io.noctule.app.tls.ServerTlsOptions}), and {@code noctule cert}.
 */
@NullMarked
package io.noctule.app.tls;

import org.jspecify.annotations.NullMarked;
