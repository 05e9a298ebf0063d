package io.noctule.tls.context;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes SSL contexts. */
final class Contexts {
  private Contexts() {}

  /**
   * A context for TLS.
   *
   * @param key null for none
   * @param trust null for nobody in particular
   */
  static SSLContext of(@Nullable KeyManager key, @Nullable TrustManager trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          key == null ? new KeyManager[0] : new KeyManager[] {key},
          trust == null ? new TrustManager[0] : new TrustManager[] {trust},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }
}
