package io.noctule.access.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A subscription is allowed just where each topic that it matches is, decided one by one.
 * Publishing and subscribing have the same rules here, so that one is the measure of the other.
 */
class RulePropertyTest {
  private static final List<String> NAMES = List.of("a", "b", "z", "$SYS");
  private static final List<String> FILTERS =
      List.of(
          "a", "b", "+", "#", "a/#", "a/+", "+/a", "a/b", "+/#", "a/+/#", "%u", "%u/a", "a/%c/#");

  /**
   * A rule in its making.
   *
   * @param allows rather than denies
   * @param topics its filters
   */
  record Draft(boolean allows, List<String> topics) {}

  @Property(tries = 1000)
  void aFilterIsAllowedWhereEachOfItsTopicsIs(
      @ForAll("drafts") List<Draft> drafts,
      @ForAll("clientIds") String clientId,
      @ForAll boolean allowsByDefault) {
    RuleSet rules = rules(drafts, allowsByDefault);
    Identity who = new Identity(clientId, "b", Set.of(), "");
    for (String filter : FILTERS) {
      if (filter.contains("%")) {
        continue;
      }
      boolean each =
          topics().stream()
              .filter(topic -> matches(filter, topic))
              .allMatch(topic -> rules.mayPublish(who, TopicName.of(topic)).isAllowed());

      assertThat(rules.maySubscribe(who, TopicFilter.of(filter)).isAllowed())
          .as("%s by %s", filter, drafts)
          .isEqualTo(each);
    }
  }

  private static RuleSet rules(List<Draft> drafts, boolean allowsByDefault) {
    List<Rule> rules = new ArrayList<>();
    for (Draft draft : drafts) {
      rules.add(
          Rule.of(
              draft.allows(),
              EnumSet.allOf(Action.class),
              Who.EVERYBODY,
              draft.topics().stream().map(TopicPattern::of).toList(),
              "rule"));
    }
    return new RuleSet(Anonymous.LOCAL, allowsByDefault, rules, "rules");
  }

  private static List<String> topics() {
    List<String> all = new ArrayList<>(NAMES);
    for (String one : NAMES) {
      for (String two : NAMES) {
        all.add(one + "/" + two);
        for (String three : NAMES) {
          all.add(one + "/" + two + "/" + three);
          NAMES.forEach(four -> all.add(one + "/" + two + "/" + three + "/" + four));
        }
      }
    }
    return all;
  }

  private static boolean matches(String filter, String topic) {
    Levels common = Levels.of(filter).intersect(Levels.of(topic));
    return common != null;
  }

  @Provide
  Arbitrary<List<Draft>> drafts() {
    return Combinators.combine(
            Arbitraries.of(true, false), Arbitraries.of(FILTERS).list().ofMinSize(1).ofMaxSize(2))
        .as(Draft::new)
        .list()
        .ofMaxSize(5);
  }

  /** One that fits into a filter, and some that must not widen it. */
  @Provide
  Arbitrary<String> clientIds() {
    return Arbitraries.of("a", "z", "+", "#", "a/b", "$SYS");
  }
}
