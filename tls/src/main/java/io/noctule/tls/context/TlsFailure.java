package io.noctule.tls.context;

import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Identity;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts a client's failures of TLS into words that say what to do. */
final class TlsFailure {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  private TlsFailure() {}

  /**
   * Why a connection failed.
   *
   * @param own what the client shows; null where it shows nothing
   * @return empty where that has nothing to do with TLS
   */
  static Optional<String> explain(Throwable failure, @Nullable Identity own) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedCertificateException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException tls) {
        return Optional.of(words(tls, own));
      }
    }
    // A server that refuses a certificate in TLS 1.3 does so after the client has sent its first
    // bytes, and the reset that answers them may overtake the alert.
    return isReset(failure) ? Optional.of(closed(own)) : Optional.empty();
  }

  private static boolean isReset(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof IOException
          && (message.contains("reset") || message.contains("Broken pipe"))) {
        return true;
      }
    }
    return false;
  }

  private static String closed(@Nullable Identity own) {
    return "the broker closed the connection during the TLS handshake: "
        + (own == null
            ? "it may want a client certificate (cert and key), or this is its port without TLS"
            : "it may not accept this client's certificate, or this is its port without TLS");
  }

  private static String words(SSLException failure, @Nullable Identity own) {
    String message = String.valueOf(failure.getMessage());
    Matcher alert = ALERT.matcher(message);
    if (alert.find()) {
      return ofAlert(alert.group(1).toLowerCase(Locale.ROOT), own);
    }
    // The JDK's words for bytes that are no TLS record; Netty's are "not an SSL/TLS record".
    if (message.contains("Unsupported or unrecognized SSL message") || message.contains("not an")) {
      return "what answers there does not speak TLS: is it the broker's port without TLS?";
    }
    if (failure.getCause() instanceof EOFException
        || failure.getCause() instanceof SocketException
        || message.contains("closed")) {
      return closed(own);
    }
    return "TLS failed: " + message;
  }

  private static String ofAlert(String alert, @Nullable Identity own) {
    return switch (alert) {
      case "certificate_required", "bad_certificate" ->
          own == null
              ? "the broker requires a client certificate: give one (cert and key)"
              : refused(own, alert);
      case "certificate_expired",
          "certificate_revoked",
          "certificate_unknown",
          "unknown_ca",
          "unsupported_certificate",
          "access_denied" ->
          own == null
              ? "the broker refused the TLS handshake (%s)".formatted(alert)
              : refused(own, alert);
      case "handshake_failure" ->
          "the broker refused the TLS handshake: there is no common cipher suite"
              + (own == null ? ", or it requires a client certificate (cert and key)" : "");
      case "protocol_version" -> "the broker speaks none of the TLS versions that are asked for";
      case "unrecognized_name" -> "the broker does not know the host name that it was called by";
      default -> "the broker ended the TLS handshake (%s)".formatted(alert);
    };
  }

  private static String refused(Identity own, String alert) {
    return own.problem(Instant.now())
        .map(problem -> "the broker refused this client's certificate: " + problem)
        .orElseGet(
            () ->
                "the broker refused this client's certificate '%s' (%s): it must be signed by an"
                        .formatted(CertificateFacts.of(own.certificate()).subject(), alert)
                    + " authority that the broker trusts");
  }
}
