package io.noctule.conformance.standard;

import io.noctule.conformance.wire.RawClient;
import io.noctule.tls.context.TlsVersion;

/** {@link TakeoverTest} with all bytes encrypted. */
class TakeoverOverTlsTest extends TakeoverTest {
  @Override
  RawClient network() {
    return OverTls.open(BROKER.tlsPort(), TlsVersion.TLS_1_3);
  }
}
