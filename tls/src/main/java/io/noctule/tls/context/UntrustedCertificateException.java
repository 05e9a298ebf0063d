package io.noctule.tls.context;

import java.io.Serial;
import java.security.cert.CertificateException;

/**
 * The other side's certificate is not accepted; the message is a sentence for people. Its cause is
 * what the JDK found, from which it chooses the TLS alert.
 */
public final class UntrustedCertificateException extends CertificateException {
  @Serial private static final long serialVersionUID = 1L;

  UntrustedCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
