package io.noctule.broker.access;

import java.net.SocketAddress;
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
 */
@SuppressWarnings("ArrayRecordComponent") // A secret that is checked, never compared.
public record Credentials(
    String clientId,
    @Nullable String userName,
    byte @Nullable [] password,
    SocketAddress remoteAddress,
    @Nullable String certificateName) {

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Credentials[clientId=%s, userName=%s, remoteAddress=%s, certificateName=%s]"
        .formatted(clientId, userName, remoteAddress, certificateName);
  }
}
