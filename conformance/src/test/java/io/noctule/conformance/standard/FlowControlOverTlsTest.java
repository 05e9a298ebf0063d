package io.noctule.conformance.standard;

import io.noctule.conformance.wire.RawClient;
import io.noctule.tls.context.TlsVersion;

/** {@link FlowControlTest} with all bytes encrypted. */
class FlowControlOverTlsTest extends FlowControlTest {
  @Override
  RawClient network() {
    return OverTls.open(BROKER.tlsPort(), TlsVersion.TLS_1_3);
  }
}
