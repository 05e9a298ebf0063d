package io.noctule.console.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * What a client shows to the broker.
 *
 * @param user null to connect without
 * @param password null to connect without
 */
public record Account(@Nullable String user, @Nullable String password) {
  /** Nothing to show. */
  public static final Account NONE = new Account(null, null);

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Account[user=%s]".formatted(user);
  }
}
