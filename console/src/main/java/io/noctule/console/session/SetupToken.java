package io.noctule.console.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret of the link in the terminal, by which the first administrator is made. Good as long as
 * there is no administrator; a new one at each start. Any thread.
 */
public final class SetupToken {
  private final String secret = Secret.draw();

  /** A new secret. */
  public SetupToken() {}

  /** The secret, for the terminal alone. */
  public String secret() {
    return secret;
  }

  boolean matches(String token) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
