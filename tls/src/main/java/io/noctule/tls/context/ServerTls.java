package io.noctule.tls.context;

import io.noctule.tls.pem.Identity;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** TLS of those who listen. */
public final class ServerTls {
  private ServerTls() {}

  /**
   * A context of a server. Versions, cipher suites and whether clients need certificates are for
   * the listener to set.
   *
   * @param identity shown to clients
   * @param clients whose certificates of clients are believed; null where clients show none
   */
  public static SSLContext context(Identity identity, @Nullable Trust clients) {
    return Contexts.of(
        new FixedIdentity(identity), clients == null ? null : clients.trustManager());
  }
}
