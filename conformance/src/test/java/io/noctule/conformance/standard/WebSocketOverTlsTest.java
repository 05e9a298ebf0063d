package io.noctule.conformance.standard;

import io.noctule.conformance.wire.RawClient;
import io.noctule.tls.context.TlsVersion;

/** {@link WebSocketTest} with all bytes encrypted. */
class WebSocketOverTlsTest extends WebSocketTest {
  @Override
  RawClient webSocketNetwork() {
    return OverTls.open(BROKER.webSocketTlsPort(), TlsVersion.TLS_1_3);
  }
}
