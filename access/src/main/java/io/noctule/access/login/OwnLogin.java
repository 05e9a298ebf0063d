package io.noctule.access.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What parts of this very process log in with (history, for one), whatever the rules say: a user
 * name that nobody else can have and a password that nobody else knows, made anew with each start.
 */
public final class OwnLogin {
  /** Not a name that a user may have. */
  static final String USER = "$noctule";

  private static final int PASSWORD_BYTES = 32;

  private final String password;

  OwnLogin() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The user name. */
  public String userName() {
    return USER;
  }

  /** The password: good for any number of connections of this process. */
  public String password() {
    return password;
  }

  boolean isRight(byte[] given) {
    return MessageDigest.isEqual(password.getBytes(StandardCharsets.US_ASCII), given);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return USER;
  }
}
