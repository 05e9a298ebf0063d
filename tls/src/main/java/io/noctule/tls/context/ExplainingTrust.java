package io.noctule.tls.context;

import io.noctule.tls.pem.CertificateFacts;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's trust manager, whose refusals say what is wrong and what to do. Any thread. */
final class ExplainingTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager standard;

  ExplainingTrust(X509ExtendedTrustManager standard) {
    this.standard = standard;
  }

  /** One of the JDK's checks. */
  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkServer(chain, authType, null, () -> standard.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    String host =
        socket instanceof SSLSocket tls && tls.getHandshakeSession() != null
            ? tls.getHandshakeSession().getPeerHost()
            : null;
    checkServer(chain, authType, host, () -> standard.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    SSLSession session = engine.getHandshakeSession();
    String host = session == null ? engine.getPeerHost() : session.getPeerHost();
    checkServer(chain, authType, host, () -> standard.checkServerTrusted(chain, authType, engine));
  }

  private void checkServer(
      X509Certificate[] chain, String authType, @Nullable String host, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw new UntrustedCertificateException(
          whyNotServer(chain, authType, host, e), e.getCause() == null ? e : e.getCause());
    }
    requireValidNow(chain);
  }

  /** A certificate that is itself trusted is not looked at any further by the JDK. */
  private static void requireValidNow(X509Certificate[] chain) throws CertificateException {
    try {
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw new UntrustedCertificateException(
          problemOf(chain).orElse(String.valueOf(e.getMessage())), e);
    }
  }

  private String whyNotServer(
      X509Certificate[] chain, String authType, @Nullable String host, CertificateException why) {
    Optional<String> problem = problemOf(chain);
    if (problem.isPresent()) {
      return problem.get() + "; whoever runs the broker has to renew it";
    }
    CertificateFacts facts = CertificateFacts.of(chain[0]);
    if (isTrustedWithoutName(chain, authType)) {
      return "the broker's certificate is for %s, not for '%s': connect by one of these names"
          .formatted(
              facts.names().isEmpty() ? "no host" : String.join(", ", facts.names()),
              host == null ? "this host" : host);
    }
    return notSigned("the broker's certificate", chain, why)
        + ": give the certificate of the broker's authority (cafile)";
  }

  private boolean isTrustedWithoutName(X509Certificate[] chain, String authType) {
    try {
      standard.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException _) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkClient(chain, () -> standard.checkClientTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClient(chain, () -> standard.checkClientTrusted(chain, authType, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClient(chain, () -> standard.checkClientTrusted(chain, authType, engine));
  }

  private static void checkClient(X509Certificate[] chain, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw new UntrustedCertificateException(
          problemOf(chain).orElseGet(() -> notSigned("the client's certificate", chain, e)),
          e.getCause() == null ? e : e.getCause());
    }
    requireValidNow(chain);
  }

  /** The first certificate of the chain that is not valid now. */
  private static Optional<String> problemOf(X509Certificate[] chain) {
    Instant now = Instant.now();
    return Stream.of(chain)
        .map(CertificateFacts::of)
        .flatMap(facts -> facts.problem(now).stream())
        .findFirst();
  }

  private static String notSigned(String whose, X509Certificate[] chain, CertificateException why) {
    CertificateFacts facts = CertificateFacts.of(chain[0]);
    String reason = String.valueOf(why.getMessage());
    if (!reason.contains("path") && !reason.contains("trust anchor")) {
      return "%s, '%s', is not accepted: %s".formatted(whose, facts.subject(), reason);
    }
    return chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal())
        ? "%s, '%s', is signed by itself and not trusted here".formatted(whose, facts.subject())
        : "%s, '%s', is signed by '%s', which is not trusted here"
            .formatted(whose, facts.subject(), facts.issuer());
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return standard.getAcceptedIssuers();
  }
}
