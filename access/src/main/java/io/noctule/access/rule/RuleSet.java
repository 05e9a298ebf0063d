package io.noctule.access.rule;

import io.noctule.broker.access.Authorizer;
import io.noctule.broker.access.BrokerTopicsReserved;
import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules in their order: the first that is about client, action and topic decides, and where none is
 * the default does. {@code $SYS/} is published by the broker alone whatever the rules say.
 * Immutable, any thread.
 *
 * <p>A subscription is allowed where each topic that its filter can match is: so what is delivered
 * needs no further question, and a filter that is wider than what is allowed is refused as a whole.
 */
public final class RuleSet implements Authorizer {
  private final Anonymous anonymous;
  private final List<Rule> rules;
  private final Decision otherwise;
  private final Decision partly;

  RuleSet(Anonymous anonymous, boolean allowsByDefault, List<Rule> rules, String source) {
    this.anonymous = anonymous;
    this.rules = List.copyOf(rules);
    this.otherwise =
        allowsByDefault
            ? Decision.allowed("no rule in " + source + " is about it (default: allow)")
            : Decision.denied("no rule in " + source + " allows it (default: deny)");
    this.partly =
        allowsByDefault
            ? otherwise
            : Decision.denied(
                "the rules in " + source + " allow some of its topics only (default: deny)");
  }

  List<Rule> rules() {
    return rules;
  }

  /** Who may come without a user name. */
  public Anonymous anonymous() {
    return anonymous;
  }

  /**
   * What the rules say on a client, for people: filters with its names filled in, in the order of
   * the rules, those that are denied with "not" before them; "every topic" where no filter is
   * named.
   */
  public List<String> summary(Identity who, Action action) {
    List<String> lines = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.concerns(action, who)) {
        rule.filtersFor(who).forEach(filter -> lines.add((rule.allows() ? "" : "not ") + filter));
      }
    }
    return lines;
  }

  @Override
  public Decision mayPublish(Identity who, TopicName topic) {
    if (BrokerTopicsReserved.isReserved(topic)) {
      return BrokerTopicsReserved.RESERVED;
    }
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.concerns(Action.PUBLISH, who) && rule.matches(who, topic)) {
        return rule.decision();
      }
    }
    return otherwise;
  }

  @Override
  public Decision maySubscribe(Identity who, TopicFilter filter) {
    Levels wanted = Levels.of(filter.match());
    List<Levels> allowed = new ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.concerns(Action.SUBSCRIBE, who)) {
        continue;
      }
      boolean any = false;
      for (Levels ruled : rule.filtersFor(who)) {
        Levels common = ruled.intersect(wanted);
        if (common == null) {
          continue;
        }
        if (rule.allows()) {
          any = true;
          allowed.add(common);
        } else if (!common.isCoveredBy(allowed)) {
          return rule.decision();
        }
      }
      if (any && wanted.isCoveredBy(allowed)) {
        return rule.decision();
      }
    }
    return allowed.isEmpty() ? otherwise : partly;
  }
}
