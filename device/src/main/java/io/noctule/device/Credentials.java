package io.noctule.device;

import java.nio.charset.StandardCharsets;

/** User name and password of a device. The password never appears in {@link #toString}. */
record Credentials(String user, String password) {
  byte[] passwordBytes() {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return user;
  }
}
