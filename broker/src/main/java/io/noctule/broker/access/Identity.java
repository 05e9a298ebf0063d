package io.noctule.broker.access;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, as far as it has proven it. Immutable, any thread.
 *
 * @param clientId the client identifier in force; a client chooses it, so it proves nothing
 * @param userName the user that the client has proven to be; null where it came without one
 * @param groups that the user, or the client without one, belongs to
 * @param proof tells one password (or other proof) of a user from the next, without giving it away;
 *     empty where nothing was proven
 */
public record Identity(
    String clientId, @Nullable String userName, Set<String> groups, String proof) {

  /** Copies the groups. */
  public Identity {
    groups = Set.copyOf(groups);
  }

  /** A client that has proven nothing and belongs to no group. */
  public static Identity anonymous(String clientId) {
    return new Identity(clientId, null, Set.of(), "");
  }

  /**
   * Whether both are the same user, so that one may take over what the other has left. Clients
   * without a user name are the same where they came in for the same reason.
   */
  public boolean isSameUserAs(Identity other) {
    return Objects.equals(userName, other.userName)
        && (userName != null || groups.equals(other.groups));
  }

  /** For the operator: client and user. */
  public String describe() {
    return userName == null || userName.equals(clientId)
        ? "client " + clientId
        : "client " + clientId + " (user " + userName + ")";
  }
}
