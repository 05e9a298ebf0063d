package io.noctule.broker.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS handshake has failed, for the operator.
 *
 * @param text what is wrong and what to do
 * @param isFault whether somebody has to do something; not where a client just went away
 */
record HandshakeFailure(String text, boolean isFault) {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  static HandshakeFailure of(Throwable cause) {
    if (has(cause, ClosedChannelException.class)
        || messageOf(cause).contains("Connection closed while")) {
      return new HandshakeFailure("the client left during the TLS handshake", false);
    }
    return new HandshakeFailure(words(cause), true);
  }

  private static String words(Throwable cause) {
    if (has(cause, NotSslRecordException.class)) {
      return "the client does not speak TLS, as this port does: switch TLS on in the client, or let"
          + " it connect to the port without";
    }
    if (has(cause, SslHandshakeTimeoutException.class)) {
      return "the TLS handshake was not finished in time";
    }
    String message = messageOf(cause);
    Matcher alert = ALERT.matcher(message);
    if (alert.find()) {
      return ofAlert(alert.group(1).toLowerCase(Locale.ROOT));
    }
    String refusal = certificateRefusal(cause);
    if (refusal != null) {
      return "the client was refused: " + refusal;
    }
    if (message.contains("Empty client certificate chain")
        || message.contains("certificate_required")) {
      return "the client shows no certificate, and this port requires one";
    }
    if (message.contains("protocol version") || message.contains("is not enabled or supported")) {
      return "the client speaks neither TLS 1.2 nor TLS 1.3";
    }
    if (message.contains("no cipher suites in common")) {
      return "client and broker have no cipher suite in common";
    }
    return "the TLS handshake failed: " + message;
  }

  private static String ofAlert(String alert) {
    return switch (alert) {
      case "unknown_ca",
          "certificate_unknown",
          "bad_certificate",
          "unsupported_certificate",
          "certificate_expired" ->
          ("the client does not accept the broker's certificate (%s): give it the certificate of the"
                  + " broker's authority, and let it connect by a name that the broker's certificate"
                  + " has")
              .formatted(alert);
      case "protocol_version", "handshake_failure", "insufficient_security" ->
          "client and broker do not agree on TLS version or cipher suite (%s)".formatted(alert);
      default -> "the client ended the TLS handshake (%s)".formatted(alert);
    };
  }

  /** What the trust manager says to the client's certificate; null where that is not the reason. */
  private static @Nullable String certificateRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return messageOf(cause);
      }
    }
    return null;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String messageOf(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
