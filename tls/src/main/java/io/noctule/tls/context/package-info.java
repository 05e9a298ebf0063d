/**
 * What javax.net.ssl needs for TLS 1.2 and 1.3: {@link io.noctule.tls.context.ClientTls} for those
 * who connect, {@link io.noctule.tls.context.ServerTls} for those who listen. Failures are told in
 * sentences that say what to do.
 */
@NullMarked
package io.noctule.tls.context;

import org.jspecify.annotations.NullMarked;
