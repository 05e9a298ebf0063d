package io.noctule.broker.access;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a client brings with its CONNECT packet.
 *
 * @param clientId as sent; empty where the broker assigns one
 * @param userName null where there is none
 * @param password null where there is none; not to be changed
 * @param remoteAddress where the connection comes from
 */
@SuppressWarnings("ArrayRecordComponent") // A secret that is checked, never compared.
public record Credentials(
    String clientId,
    @Nullable String userName,
    byte @Nullable [] password,
    SocketAddress remoteAddress) {

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Credentials[clientId=%s, userName=%s, remoteAddress=%s]"
        .formatted(clientId, userName, remoteAddress);
  }
}
