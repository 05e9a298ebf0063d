package io.noctule.tls.context;

import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The JDK's cipher suites without those of yesterday. */
final class CipherSuites {
  private CipherSuites() {}

  /**
   * Those with forward secrecy and authenticated encryption: no CBC, whose paddings leaked again
   * and again, and no key transport by RSA.
   */
  static List<String> of(SSLContext context) {
    return Stream.of(context.getDefaultSSLParameters().getCipherSuites())
        .filter(suite -> !suite.contains("_CBC_") && !suite.startsWith("TLS_RSA_"))
        .toList();
  }
}
