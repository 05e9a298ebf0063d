package io.noctule.access.rule;

import io.noctule.broker.access.Identity;
import java.util.List;

/**
 * Whom a rule is about: each list that is not empty has to fit, by one of its entries.
 *
 * @param users names, with {@code *} for any characters; fit clients with a user name only
 * @param groups names
 * @param clients client identifiers, with {@code *} for any characters
 */
record Who(List<NamePattern> users, List<String> groups, List<NamePattern> clients) {
  static final Who EVERYBODY = new Who(List.of(), List.of(), List.of());

  Who {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    clients = List.copyOf(clients);
  }

  boolean includes(Identity who) {
    return (users.isEmpty() || (who.userName() != null && anyFits(users, who.userName())))
        && (groups.isEmpty() || anyIn(groups, who))
        && (clients.isEmpty() || anyFits(clients, who.clientId()));
  }

  // Plain loops: asked for publications, so without garbage.
  private static boolean anyFits(List<NamePattern> patterns, String name) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyIn(List<String> groups, Identity who) {
    for (int i = 0; i < groups.size(); i++) {
      if (who.groups().contains(groups.get(i))) {
        return true;
      }
    }
    return false;
  }
}
