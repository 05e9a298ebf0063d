package io.noctule.access.rule;

import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One rule. Immutable. */
final class Rule {
  private final boolean allows;
  private final Set<Action> actions;
  private final Who who;
  private final List<TopicPattern> topics;
  private final Decision decision;

  /**
   * A rule.
   *
   * @param allows rather than denies
   * @param actions one or both
   * @param topics empty for every topic
   * @param place file and line, for people
   */
  Rule(boolean allows, Set<Action> actions, Who who, List<TopicPattern> topics, String place) {
    this.allows = allows;
    this.actions = Set.copyOf(actions);
    this.who = who;
    this.topics = List.copyOf(topics);
    String text = place + " (" + describe() + ")";
    this.decision = allows ? Decision.allowed(text) : Decision.denied(text);
  }

  private String describe() {
    String what =
        actions.size() > 1 ? "both" : actions.iterator().next().name().toLowerCase(Locale.ROOT);
    return (allows ? "allow " : "deny ") + what + " " + describeTopics();
  }

  private String describeTopics() {
    if (topics.isEmpty()) {
      return "every topic";
    }
    return topics.size() <= 3
        ? topics.stream().map(TopicPattern::toString).collect(Collectors.joining(", "))
        : "%s, %s and %d more".formatted(topics.get(0), topics.get(1), topics.size() - 2);
  }

  boolean allows() {
    return allows;
  }

  /** What follows from the rule where it applies. */
  Decision decision() {
    return decision;
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
