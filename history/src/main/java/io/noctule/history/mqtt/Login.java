package io.noctule.history.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * Who connects. The password never appears in {@link #toString}.
 *
 * @param clientId whose session it is
 * @param user null to connect without one
 * @param password null to connect without one
 */
public record Login(String clientId, @Nullable String user, @Nullable String password) {
  @Override
  public String toString() {
    return clientId + (user == null ? "" : " as " + user);
  }
}
