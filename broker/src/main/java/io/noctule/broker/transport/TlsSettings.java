package io.noctule.broker.transport;

import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS of the listeners.
 *
 * @param context asked for each new connection, on its event loop, so that a renewed certificate
 *     comes into force without a restart; must be quick. Its trust manager decides on the
 *     certificates of clients, and the message of its exception is what the operator is told
 * @param clientCertificates whether clients show a certificate; its common name becomes their name
 */
public record TlsSettings(Supplier<SSLContext> context, ClientCertificates clientCertificates) {
  /** Older versions are broken (RFC 8996). */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** One context for good, and no certificates of clients. */
  public static TlsSettings of(SSLContext context) {
    return new TlsSettings(() -> context, ClientCertificates.NONE);
  }

  /** The engine of one connection. */
  SSLEngine engine() {
    SSLEngine engine = context.get().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(
        Stream.of(parameters.getCipherSuites())
            .filter(TlsSettings::isSound)
            .toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    switch (clientCertificates) {
      case NONE -> {}
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Authenticated encryption and forward secrecy. */
  private static boolean isSound(String cipherSuite) {
    return !cipherSuite.contains("_CBC_") && !cipherSuite.startsWith("TLS_RSA_");
  }
}
