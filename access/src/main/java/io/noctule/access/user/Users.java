package io.noctule.access.user;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All users at one moment, by name. Immutable, any thread. */
public final class Users {
  /** No users. */
  public static final Users NONE = new Users(Map.of());

  private final Map<String, User> byName;

  Users(Map<String, User> byName) {
    this.byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /** A user; null where there is none of that name. */
  public @Nullable User find(String name) {
    return byName.get(name);
  }

  /** All, sorted by name. */
  public Collection<User> all() {
    return byName.values();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The same with one user more, or another one of the same name. */
  Users with(User user) {
    Map<String, User> more = new TreeMap<>(byName);
    more.put(user.name(), user);
    return new Users(more);
  }

  /** The same without one user. */
  Users without(String name) {
    Map<String, User> fewer = new TreeMap<>(byName);
    fewer.remove(name);
    return new Users(fewer);
  }
}
