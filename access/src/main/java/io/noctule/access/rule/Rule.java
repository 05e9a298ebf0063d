package io.noctule.access.rule;

import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One rule. Immutable.
 *
 * @param allows rather than denies
 * @param actions one or both
 * @param who whom it is about
 * @param topics empty for every topic
 * @param decision what follows from the rule where it applies
 */
record Rule(
    boolean allows, Set<Action> actions, Who who, List<TopicPattern> topics, Decision decision) {
  private static final int TOPICS_TOLD = 3;

  Rule {
    actions = Set.copyOf(actions);
    topics = List.copyOf(topics);
  }

  /**
   * A rule.
   *
   * @param place file and line, for people
   */
  static Rule of(
      boolean allows, Set<Action> actions, Who who, List<TopicPattern> topics, String place) {
    String what =
        actions.size() > 1 ? "both" : actions.iterator().next().name().toLowerCase(Locale.ROOT);
    String text =
        "%s (%s %s %s)".formatted(place, allows ? "allow" : "deny", what, describe(topics));
    return new Rule(
        allows, actions, who, topics, allows ? Decision.allowed(text) : Decision.denied(text));
  }

  private static String describe(List<TopicPattern> topics) {
    if (topics.isEmpty()) {
      return "every topic";
    }
    return topics.size() <= TOPICS_TOLD
        ? topics.stream().map(TopicPattern::toString).collect(Collectors.joining(", "))
        : "%s, %s and %d more".formatted(topics.get(0), topics.get(1), topics.size() - 2);
  }

  boolean concerns(Action action, Identity client) {
    return actions.contains(action) && who.includes(client);
  }

  /** Whether the rule is about a topic, for a client that it concerns. */
  boolean matches(Identity client, TopicName topic) {
    if (topics.isEmpty()) {
      return true;
    }
    for (int i = 0; i < topics.size(); i++) {
      if (topics.get(i).matches(client, topic.text(), !allows)) {
        return true;
      }
    }
    return false;
  }

  /** What the rule is about, for a client that it concerns. */
  List<Levels> filtersFor(Identity client) {
    if (topics.isEmpty()) {
      return List.of(Levels.EVERYTHING);
    }
    List<Levels> filters = new ArrayList<>(topics.size());
    for (TopicPattern topic : topics) {
      Levels filter = topic.resolve(client, !allows);
      if (filter != null) {
        filters.add(filter);
      }
    }
    return filters;
  }
}
