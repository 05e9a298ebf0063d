package io.noctule.access.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.access.file.FileFault;
import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
  private static final String TABLE =
      """
      default: deny
      rules:
        - deny: publish
          topics: secret/#
        - allow: [publish, subscribe]
          user: [anna, "b*"]
          topics:
            - secret/%u
            - open/+/state
        - allow: subscribe
          group: readers
          topics: "#"
        - allow: publish
          client: probe-*
          user: carl
          topics: probes/%c
        - allow: publish
          topics: from/%u/via/x-%c-y
      """;

  @TempDir private Path folder;

  private static RuleSet rules(String text) {
    try {
      return RuleFile.parse(Path.of("rules.yaml"), "rules.yaml", text);
    } catch (FileFault e) {
      throw new AssertionError(e);
    }
  }

  private static Decision decide(RuleSet rules, Identity who, String action, String topic) {
    return action.equals("publish")
        ? rules.mayPublish(who, TopicName.of(topic))
        : rules.maySubscribe(who, TopicFilter.of(topic));
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "anna, publish, open/1/state, true, 5",
    "anna, publish, open/1/2/state, false, default",
    "anna, publish, secret/anna, false, 3",
    "anna, subscribe, secret/anna, true, 5",
    "anna, subscribe, secret/bert, false, default",
    "anna, subscribe, secret/#, false, some",
    "anna, subscribe, $share/group/open/+/state, true, 5",
    "bert, subscribe, secret/bert, true, 5",
    "carl, subscribe, secret/carl, false, default",
    "carl, publish, probes/probe-7, false, default",
    "carl, publish, from/carl/via/x-me-y, true, 17",
    "carl, publish, from/anna/via/x-me-y, false, default",
    "carl, publish, $SYS/broker, false, broker alone"
  })
  void aTableOfRules(String user, String action, String topic, boolean allowed, String rule) {
    Decision decision = decide(rules(TABLE), new Identity("me", user, Set.of(), ""), action, topic);

    assertThat(decision.isAllowed()).isEqualTo(allowed);
    assertThat(decision.rule()).contains(rule.matches("\\d+") ? "rules.yaml:" + rule + " (" : rule);
  }

  @Test
  void groupsAndClientsCount() {
    RuleSet rules = rules(TABLE);
    Identity reader = new Identity("me", null, Set.of("readers"), "");
    assertThat(decide(rules, reader, "subscribe", "#").isAllowed()).isTrue();
    assertThat(decide(rules, reader, "subscribe", "$SYS/#").isAllowed()).isFalse();
    assertThat(decide(rules, reader, "publish", "open/1/state").isAllowed()).isFalse();

    Identity probe = new Identity("probe-7", "carl", Set.of(), "");
    assertThat(decide(rules, probe, "publish", "probes/probe-7").isAllowed()).isTrue();
    assertThat(decide(rules, probe, "publish", "probes/probe-8").isAllowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a/b", "+", "#", "a+b", "x#"})
  void aClientIdentifierNeverWidensAFilter(String clientId) {
    RuleSet rules =
        rules(
            """
            rules:
              - deny: both
                topics: no/%c/x
              - allow: both
                topics: [yes/%c, "no/#"]
            """);
    Identity who = new Identity(clientId, "anna", Set.of(), "");
    assertThat(decide(rules, who, "subscribe", "yes/+").isAllowed()).isFalse();
    assertThat(decide(rules, who, "publish", "yes/a/b").isAllowed()).isFalse();
    // A denial is not lost where the name cannot be filled in.
    assertThat(decide(rules, who, "publish", "no/a/b/x").isAllowed()).isFalse();
    assertThat(decide(rules, who, "subscribe", "no/+/x").isAllowed()).isFalse();
  }

  @Test
  void aNameDoesNotReachTheBrokersTopics() {
    RuleSet rules = rules("rules: [{allow: both, topics: '%c/#'}]");
    Identity who = new Identity("$SYS", "anna", Set.of(), "");
    assertThat(decide(rules, who, "subscribe", "$SYS/#").isAllowed()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "rulez: []|1: unknown key 'rulez'; did you mean rules?",
        "rules:;  - alow: publish|2: unknown key of a rule 'alow'; did you mean allow?",
        "rules:;  - allow: publsh|2: unknown action 'publsh'; did you mean publish?",
        "rules:;  - allow: both;    deny: both|3: a rule has either allow or deny, not both",
        "rules:;  - topics: a|2: a rule needs allow or deny",
        "rules:;  - allow: both;    topics: a/#/b|3: topics: the wildcard #",
        "rules:;  - allow: both;    topics: #|3: topics has no value",
        "rules:;  - allow: both;    topics: []|3: topics has an empty list",
        "rules:;  - allow: both;    topics: %u/x|3: not YAML",
        "rules:;  - allow: both;    topics: a/%x|3: topics: % stands before u",
        "rules:;  - allow: both;    user: *anna|3: aliases are not used here",
        "rules:;  - allow: both;    group: 'a*'|3: a group is named in full",
        "rules:;  - allow: both;    topics: $share/g/a|3: topics: rules name the filter",
        "rules: allow|1: rules must be a list",
        "default: maybe|1: unknown value of default 'maybe'; there are allow, deny",
        "anonymous: locl|1: unknown value of anonymous 'locl'; did you mean local?",
        "default: deny;default: deny|2: ",
        "''|1: the file is empty"
      })
  void whatIsWrongIsToldWithItsLine(String text, String told) {
    assertThatThrownBy(
            () -> RuleFile.parse(Path.of("rules.yaml"), "rules.yaml", text.replace(';', '\n')))
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith("rules.yaml:" + told);
  }

  @Test
  void theBuiltInRulesAreInForceWithoutAFileAndCanBeSavedAsOne() throws IOException, FileFault {
    RuleFile file = new RuleFile(folder);
    Identity device = new Identity("greenhouse-1", "greenhouse-1", Set.of("device"), "");
    for (RuleSet rules = file.read(); ; rules = file.read()) {
      assertThat(decide(rules, device, "publish", "sensor_data/greenhouse-1").isAllowed()).isTrue();
      assertThat(decide(rules, device, "publish", "status/greenhouse-1").isAllowed()).isTrue();
      assertThat(decide(rules, device, "publish", "sensor_data/other").isAllowed()).isFalse();
      assertThat(decide(rules, device, "subscribe", "config_change").isAllowed()).isTrue();
      assertThat(decide(rules, device, "subscribe", "config_change/+").isAllowed()).isFalse();
      assertThat(decide(rules, device, "subscribe", "#").isAllowed()).isFalse();
      Identity local = new Identity("x", null, Set.of("local"), "");
      assertThat(decide(rules, local, "subscribe", "#").isAllowed()).isTrue();
      assertThat(decide(rules, local, "subscribe", "$SYS/#").isAllowed()).isTrue();
      assertThat(decide(rules, local, "publish", "$SYS/x").isAllowed()).isFalse();
      if (Files.exists(file.path())) {
        return;
      }
      Files.writeString(file.path(), file.show());
    }
  }

  @Test
  void theBuiltInRulesAreThoseThatAreShown() throws FileFault {
    RuleSet shown = RuleFile.parse(Path.of("shown"), BuiltInRules.SOURCE, RuleFile.builtInText());
    assertThat(RuleFile.builtIn().rules()).isEqualTo(shown.rules());
    assertThat(RuleFile.builtIn().anonymous()).isEqualTo(shown.anonymous());
  }
}
