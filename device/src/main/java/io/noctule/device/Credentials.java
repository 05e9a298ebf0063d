package io.noctule.device;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * User name and password of a device. The password never appears in {@link #toString}.
 *
 * @param password null to send none
 */
record Credentials(String user, @Nullable String password) {
  byte @Nullable [] passwordBytes() {
    return password == null ? null : password.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return user;
  }
}
