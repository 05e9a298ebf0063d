package io.noctule.access.rule;

import io.noctule.access.file.FileFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rules of the nodes of a file; the first thing that is wrong ends it. */
final class RuleReader {
  private static final KnownWords KEYS = new KnownWords("anonymous", "default", "rules");
  private static final KnownWords RULE_KEYS =
      new KnownWords("allow", "deny", "user", "group", "client", "topics");
  private static final KnownWords ACTIONS = new KnownWords("publish", "subscribe", "both");
  private static final KnownWords ANONYMOUS = new KnownWords("none", "local", "all");
  private static final KnownWords DEFAULTS = new KnownWords("allow", "deny");

  private final Path file;
  private final String source;

  /**
   * A reader.
   *
   * @param file for faults
   * @param source the file's name in decisions
   */
  RuleReader(Path file, String source) {
    this.file = file;
    this.source = source;
  }

  RuleSet read(String text) throws FileFault {
    Node root = YamlReader.read(file, text);
    if (root == null) {
      throw new FileFault(file, 1, "the file is empty; noctule access show prints one to start");
    }
    if (!(root instanceof Node.Mapping(Map<String, Node.Entry> entries, int _))) {
      throw fault(root.line(), "the keys rules, default and anonymous are expected");
    }
    Anonymous anonymous = Anonymous.LOCAL;
    boolean allowsByDefault = false;
    List<Rule> rules = List.of();
    for (Map.Entry<String, Node.Entry> entry : entries.entrySet()) {
      int line = entry.getValue().line();
      Node value = entry.getValue().value();
      KEYS.require(file, line, "key", entry.getKey());
      switch (entry.getKey()) {
        case "anonymous" ->
            anonymous =
                Anonymous.valueOf(
                    word(value, line, "anonymous", ANONYMOUS).toUpperCase(Locale.ROOT));
        case "default" -> allowsByDefault = word(value, line, "default", DEFAULTS).equals("allow");
        default -> rules = rules(value, line);
      }
    }
    return new RuleSet(anonymous, allowsByDefault, rules, source);
  }

  private FileFault fault(int line, String what) {
    return new FileFault(file, line, what);
  }

  private String word(Node node, int line, String key, KnownWords known) throws FileFault {
    List<Text> texts = texts(node, line, key);
    if (texts.size() != 1) {
      throw fault(line, key + " must be one of " + String.join(", ", known.words()));
    }
    known.require(file, line, "value of " + key, texts.getFirst().text());
    return texts.getFirst().text();
  }

  private List<Rule> rules(Node node, int line) throws FileFault {
    if (node instanceof Node.Empty) {
      return List.of();
    }
    if (!(node instanceof Node.Sequence(List<Node> items, int _))) {
      throw fault(line, "rules must be a list: each rule starts with '- allow:' or '- deny:'");
    }
    List<Rule> rules = new ArrayList<>();
    for (Node item : items) {
      rules.add(rule(item));
    }
    return rules;
  }

  private Rule rule(Node node) throws FileFault {
    if (!(node instanceof Node.Mapping(Map<String, Node.Entry> entries, int line))) {
      throw fault(node.line(), "a rule must start with '- allow:' or '- deny:'");
    }
    Node.@Nullable Entry verb = null;
    boolean allows = false;
    Who who = Who.EVERYBODY;
    List<TopicPattern> topics = List.of();
    for (Map.Entry<String, Node.Entry> entry : entries.entrySet()) {
      String key = entry.getKey();
      Node.Entry value = entry.getValue();
      RULE_KEYS.require(file, value.line(), "key of a rule", key);
      switch (key) {
        case "allow", "deny" -> {
          if (verb != null) {
            throw fault(value.line(), "a rule has either allow or deny, not both");
          }
          verb = value;
          allows = key.equals("allow");
        }
        case "user" -> who = new Who(names(value, key), who.groups(), who.clients());
        case "group" -> who = new Who(who.users(), groups(value), who.clients());
        case "client" -> who = new Who(who.users(), who.groups(), names(value, key));
        default -> topics = topics(value);
      }
    }
    if (verb == null) {
      throw fault(line, "a rule needs allow or deny, with publish, subscribe or both");
    }
    return Rule.of(allows, actions(verb), who, topics, source + ":" + line);
  }

  private Set<Action> actions(Node.Entry entry) throws FileFault {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (Text text : texts(entry.value(), entry.line(), "allow or deny")) {
      ACTIONS.require(file, text.line(), "action", text.text());
      if (text.text().equals("both")) {
        actions.addAll(EnumSet.allOf(Action.class));
      } else {
        actions.add(Action.valueOf(text.text().toUpperCase(Locale.ROOT)));
      }
    }
    return actions;
  }

  private List<NamePattern> names(Node.Entry entry, String key) throws FileFault {
    List<NamePattern> names = new ArrayList<>();
    for (Text text : texts(entry.value(), entry.line(), key)) {
      names.add(new NamePattern(text.text()));
    }
    return names;
  }

  private List<String> groups(Node.Entry entry) throws FileFault {
    List<String> groups = new ArrayList<>();
    for (Text text : texts(entry.value(), entry.line(), "group")) {
      if (text.text().contains("*")) {
        throw fault(
            text.line(), "a group is named in full; leave group out for clients of all groups");
      }
      groups.add(text.text());
    }
    return groups;
  }

  private List<TopicPattern> topics(Node.Entry entry) throws FileFault {
    List<TopicPattern> topics = new ArrayList<>();
    for (Text text : texts(entry.value(), entry.line(), "topics")) {
      try {
        topics.add(TopicPattern.of(text.text()));
      } catch (IllegalArgumentException e) {
        throw fault(text.line(), "topics: " + e.getMessage());
      }
    }
    return topics;
  }

  private record Text(String text, int line) {}

  /** One or more texts, as a word or a list. */
  private List<Text> texts(Node node, int line, String key) throws FileFault {
    List<Node> items = node instanceof Node.Sequence(List<Node> list, int _) ? list : List.of(node);
    List<Text> texts = new ArrayList<>();
    for (Node item : items) {
      switch (item) {
        case Node.Scalar(String text, int at) when !text.isEmpty() -> texts.add(new Text(text, at));
        case Node.Scalar _, Node.Empty _ ->
            throw fault(
                line, key + " has no value (a value that starts with # stands in quotes: \"#\")");
        case Node.Sequence _, Node.Mapping _ ->
            throw fault(item.line(), key + " must be a word or a list of words");
      }
    }
    if (texts.isEmpty()) {
      throw fault(line, key + " has an empty list");
    }
    return texts;
  }
}
