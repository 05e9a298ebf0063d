package io.noctule.conformance.standard;

import io.noctule.conformance.wire.RawClient;
import io.noctule.tls.context.TlsVersion;

/** {@link FramingTest} with all bytes encrypted. */
class FramingOverTlsTest extends FramingTest {
  @Override
  RawClient network() {
    return OverTls.open(BROKER.tlsPort(), TlsVersion.TLS_1_3);
  }
}
