package io.noctule.conformance.standard;

import io.noctule.conformance.fixture.TestCertificates;
import io.noctule.conformance.wire.RawClient;
import io.noctule.tls.context.TlsVersion;

/** Connections whose bytes are encrypted. */
final class OverTls {
  private OverTls() {}

  /** Connects to a port of TLS in one version of it. */
  static RawClient open(int port, TlsVersion version) {
    return RawClient.open(
        port,
        socket -> TestCertificates.secure(socket, TestCertificates.client().version(version)));
  }
}
