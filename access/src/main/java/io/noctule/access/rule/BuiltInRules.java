package io.noctule.access.rule;

import io.noctule.access.user.User;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of {@code built-in-rules.yaml}, without reading it: a broker that has no rules of its
 * own need not load a YAML parser to start. A test holds both to be the same.
 */
final class BuiltInRules {
  static final String SOURCE = "built-in rules";

  // Where they stand in the text that noctule access show prints.
  private static final int LINE_OF_ALL = 17;
  private static final int LINE_OF_DEVICE_PUBLISH = 21;
  private static final int LINE_OF_DEVICE_SUBSCRIBE = 24;

  private BuiltInRules() {}

  static RuleSet make() {
    return new RuleSet(
        Anonymous.LOCAL,
        false,
        List.of(
            rule(EnumSet.allOf(Action.class), List.of(User.ADMIN, User.LOCAL), LINE_OF_ALL),
            rule(
                Set.of(Action.PUBLISH),
                List.of(User.DEVICE),
                LINE_OF_DEVICE_PUBLISH,
                "sensor_data/%u",
                "sensor_data/%u/#",
                "status/%u",
                "twin/%u",
                "test"),
            rule(
                Set.of(Action.SUBSCRIBE),
                List.of(User.DEVICE),
                LINE_OF_DEVICE_SUBSCRIBE,
                "config_change",
                "config_change/%u",
                "test")),
        SOURCE);
  }

  private static Rule rule(Set<Action> actions, List<String> groups, int line, String... topics) {
    return Rule.of(
        true,
        actions,
        new Who(List.of(), groups, List.of()),
        Stream.of(topics).map(TopicPattern::of).toList(),
        SOURCE + ":" + line);
  }
}
