package io.noctule.device.description;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Reads one action of the file. */
final class ActionReader {
  private static final List<Key> STEPS = List.of(Keys.LOG, Keys.PUBLISH, Keys.RUN, Keys.JAVA);

  private final Section section;
  private final ConditionSyntax conditions;

  ActionReader(Section section, ConditionSyntax conditions) {
    this.section = section;
    this.conditions = conditions;
  }

  ActionDescription read() {
    section.refuseOthers(Keys.OF_ACTION);
    String on = section.requiredText(Keys.ON);
    Optional<String> when = section.text(Keys.WHEN);
    when.ifPresent(this::checkCondition);
    ActionStep step = step();
    return section.make(() -> new ActionDescription(on, when, step));
  }

  private void checkCondition(String condition) {
    try {
      conditions.check(condition);
    } catch (IllegalArgumentException e) {
      section.refuse(Keys.WHEN, String.valueOf(e.getMessage()));
    }
  }

  private ActionStep step() {
    List<Key> given = STEPS.stream().filter(section::has).toList();
    if (given.size() != 1) {
      Key at = given.isEmpty() ? Keys.ON : given.get(1);
      section.refuse(
          at, "an action must have one of log, publish, run and java, has " + names(given));
      throw new Section.Abandoned();
    }
    Key key = given.getFirst();
    if (key.equals(Keys.LOG)) {
      return new ActionStep.Log(section.requiredText(Keys.LOG));
    }
    Section below = section.section(key).orElseThrow();
    if (key.equals(Keys.PUBLISH)) {
      return publish(below);
    }
    return key.equals(Keys.RUN) ? run(below) : java(below);
  }

  private static String names(List<Key> keys) {
    Stream<String> names = keys.stream().map(Key::name);
    return keys.isEmpty() ? "none" : String.join(" and ", names.toList());
  }

  private static ActionStep publish(Section below) {
    below.refuseOthers(Keys.OF_PUBLISH);
    String topic = below.requiredText(Keys.PUBLISH_TOPIC);
    String payload = below.text(Keys.PAYLOAD).orElse("");
    int qos = below.integer(Keys.QOS, 0);
    boolean retain = below.flag(Keys.RETAIN, false);
    return below.make(() -> new ActionStep.Publish(topic, payload, qos, retain));
  }

  private static ActionStep run(Section below) {
    below.refuseOthers(Keys.OF_RUN);
    List<String> command = below.requiredTexts(Keys.RUN_COMMAND);
    double seconds = below.number(Keys.RUN_TIMEOUT, ActionStep.Run.DEFAULT_TIMEOUT_SECONDS);
    Duration timeout = Duration.ofNanos(Math.round(seconds * 1e9));
    return below.make(() -> new ActionStep.Run(command, timeout));
  }

  private static ActionStep java(Section below) {
    below.refuseOthers(Keys.OF_JAVA);
    String name = below.requiredText(Keys.NAME);
    ObjectNode options =
        below.node(Keys.OPTIONS).map(value -> below.section("options", value)).isPresent()
                && below.node(Keys.OPTIONS).orElseThrow() instanceof YamlNode.Mapping mapping
            ? mapping.toJson()
            : JsonValues.NODES.objectNode();
    return new ActionStep.Java(name, options);
  }
}
