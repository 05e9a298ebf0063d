package io.noctule.broker.access;

import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client brings with its CONNECT packet.
 *
 * @param clientId as sent, or assigned by the broker where it was empty
 * @param userName null where there is none
 * @param password null where there is none; not to be changed
 * @param remoteAddress where the connection comes from
 * @param certificateName the common name of the client's TLS certificate, which a trusted authority
 *     has signed; null where there is none
 * @param origin where the page is from that a browser runs and that made the connection (RFC 6454);
 *     null where no page did
 */
@SuppressWarnings("ArrayRecordComponent") // A secret that is checked, never compared.
public record Credentials(
    String clientId,
    @Nullable String userName,
    byte @Nullable [] password,
    SocketAddress remoteAddress,
    @Nullable String certificateName,
    @Nullable String origin) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What a client is told that is such a page and presents no password. */
  public static final String PAGE_REFUSED =
      "pages of other machines need a user name and password, wherever the browser is";

  /** Of a client that is no page. */
  public Credentials(
      String clientId,
      @Nullable String userName,
      byte @Nullable [] password,
      SocketAddress remoteAddress,
      @Nullable String certificateName) {
    this(clientId, userName, password, remoteAddress, certificateName, null);
  }

  /**
   * Whether a page of another machine has made the connection. A browser lets every page that its
   * person opens connect from this machine, and shows the person's certificates for it: neither
   * tells that the person wants it. What the page itself presents, a password, does.
   */
  public boolean isOfForeignPage() {
    return origin != null && !isOfThisMachine(origin);
  }

  /** By names that no name server is asked for, as an attacker might run it (DNS rebinding). */
  private static boolean isOfThisMachine(String origin) {
    try {
      String host = new URI(origin).getHost();
      return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Credentials[clientId=%s, userName=%s, remoteAddress=%s, certificateName=%s, origin=%s]"
        .formatted(clientId, userName, remoteAddress, certificateName, origin);
  }
}
