package io.noctule.access.user;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user: a person, or a device.
 *
 * @param name unique; see {@link #requireName}
 * @param groups sorted; see {@link #requireGroup}
 * @param password null for a user that cannot log in by password, only by certificate
 * @param isEnabled whether the user may come in at all
 */
public record User(
    String name, Set<String> groups, @Nullable PasswordHash password, boolean isEnabled) {
  /** The group of devices: by the built-in rules they have their own topics. */
  public static final String DEVICE = "device";

  /** The group of people that may do everything by the built-in rules. */
  public static final String ADMIN = "admin";

  /** The group of clients of this machine without a user name. */
  public static final String LOCAL = "local";

  /** The group of clients of other machines without a user name, where rules let them in. */
  public static final String ANONYMOUS = "anonymous";

  private static final Set<String> NOT_FOR_USERS = Set.of(LOCAL, ANONYMOUS);
  private static final int LONGEST_NAME = 128;
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int SHORTEST_PASSWORD_BYTES = 8;
  private static final int LONGEST_PASSWORD_BYTES = 1024;

  /**
   * Checks name and groups.
   *
   * @throws IllegalArgumentException telling what is wrong
   */
  public User {
    requireName(name);
    groups.forEach(User::requireGroup);
    groups = Collections.unmodifiableSet(new TreeSet<>(groups));
  }

  /** An enabled user with a password. */
  public static User of(String name, Collection<String> groups, @Nullable PasswordHash password) {
    return new User(name, new TreeSet<>(groups), password, true);
  }

  /** The same with another password. */
  public User withPassword(PasswordHash other) {
    return new User(name, groups, other, isEnabled);
  }

  /** The same in other groups. */
  public User withGroups(Collection<String> others) {
    return new User(name, new TreeSet<>(others), password, isEnabled);
  }

  /** The same, let in or not. */
  public User enabled(boolean value) {
    return new User(name, groups, password, value);
  }

  /**
   * Requires a name that can stand in a topic and in the file: 1 to 128 characters, none of them a
   * control character or one of {@code + # / :}, not starting with {@code $ # -} or a space.
   *
   * @throws IllegalArgumentException telling what is wrong
   */
  public static void requireName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a user name must have 1 to %d characters, has %d"
              .formatted(LONGEST_NAME, name.length()));
    }
    if (!name.strip().equals(name) || name.startsWith("$") || name.startsWith("-")) {
      throw new IllegalArgumentException(
          "a user name must not start with $ or -, nor start or end with a space, was " + name);
    }
    name.codePoints()
        .filter(User::isForbidden)
        .findFirst()
        .ifPresent(
            codePoint -> {
              throw new IllegalArgumentException(
                  Character.isISOControl(codePoint) || "+#/:".indexOf(codePoint) < 0
                      ? "a user name must not contain U+%04X".formatted(codePoint)
                      : "a user name must not contain %s, which has a meaning in topics or files"
                          .formatted(Character.toString(codePoint)));
            });
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> "+#/:".indexOf(codePoint) >= 0;
    };
  }

  /**
   * Requires the name of a group that users can be in: letters, digits, {@code . _ -}, 64 at most.
   *
   * @throws IllegalArgumentException telling what is wrong
   */
  public static void requireGroup(String group) {
    if (!GROUP.matcher(group).matches()) {
      throw new IllegalArgumentException(
          "a group must be 1 to 64 letters, digits, '.', '_' or '-', was '%s'".formatted(group));
    }
    if (NOT_FOR_USERS.contains(group)) {
      throw new IllegalArgumentException(
          "the group %s is for clients without a user name".formatted(group));
    }
  }

  /**
   * Requires a password of a length that makes sense.
   *
   * @throws IllegalArgumentException telling what is wrong
   */
  public static void requirePassword(byte[] password) {
    if (password.length < SHORTEST_PASSWORD_BYTES || password.length > LONGEST_PASSWORD_BYTES) {
      throw new IllegalArgumentException(
          "a password must have %d to %d bytes, has %d"
              .formatted(SHORTEST_PASSWORD_BYTES, LONGEST_PASSWORD_BYTES, password.length));
    }
  }
}
