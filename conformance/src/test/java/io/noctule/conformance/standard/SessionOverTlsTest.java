package io.noctule.conformance.standard;

import io.noctule.conformance.wire.RawClient;
import io.noctule.tls.context.TlsVersion;

/** {@link SessionTest} with all bytes encrypted. */
class SessionOverTlsTest extends SessionTest {
  @Override
  RawClient network() {
    return OverTls.open(BROKER.tlsPort(), TlsVersion.TLS_1_2);
  }
}
