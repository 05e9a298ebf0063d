package io.noctule.broker.transport;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.noctule.broker.limits.Limits;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The handler that makes TLS out of a TCP connection, before all others. It works on the channel's
 * loop alone and asks the channel for it each time, so that it moves along with the channel.
 */
final class TlsPipeline {
  private static final long LAST_WORDS_SECONDS = 2;

  /**
   * As a multiple of the time for CONNECT: when a broker starts, all its clients come at once, and
   * handshakes take many times as long as later. Were they cut off together, they would come back
   * together.
   */
  private static final long HANDSHAKE_CONNECT_TIMEOUTS = 3;

  private TlsPipeline() {}

  static SslHandler addTo(ChannelPipeline pipeline, TlsSettings settings, Limits limits) {
    var handler = new SslHandler(settings.engine());
    handler.setHandshakeTimeout(handshakeSeconds(limits), TimeUnit.SECONDS);
    handler.setCloseNotifyFlushTimeout(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    pipeline.addLast("tls", handler);
    return handler;
  }

  /** How long a handshake may take. */
  static long handshakeSeconds(Limits limits) {
    return HANDSHAKE_CONNECT_TIMEOUTS * limits.connectTimeoutSeconds();
  }

  /** The common name of the client's certificate; null where it has shown none, or has no name. */
  static @Nullable String clientName(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own ? commonName(own) : null;
    } catch (SSLPeerUnverifiedException _) {
      return null; // The JDK's way to say that there is no certificate.
    }
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      var name = new LdapName(certificate.getSubjectX500Principal().getName());
      for (Rdn part : name.getRdns().reversed()) { // The most specific one first.
        if (part.getType().equalsIgnoreCase("CN")
            && part.getValue() instanceof String text
            && !text.isEmpty()) {
          return text;
        }
      }
      return null;
    } catch (InvalidNameException _) {
      return null; // A subject that RFC 2253 cannot write names nobody.
    }
  }
}
