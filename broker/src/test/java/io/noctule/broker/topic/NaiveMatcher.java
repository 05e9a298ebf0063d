package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.List;

/** The rules of section 4.7 in as few words as possible: what the trees are compared with. */
final class NaiveMatcher {
  private NaiveMatcher() {}

  static boolean matches(TopicFilter filter, TopicName topic) {
    List<String> levels = filter.levels();
    List<String> names = List.of(topic.text().split("/", -1));
    boolean startsWithWildcard = levels.getFirst().equals("+") || levels.getFirst().equals("#");
    return !(startsWithWildcard && topic.text().startsWith("$")) && matches(levels, names);
  }

  private static boolean matches(List<String> levels, List<String> names) {
    if (levels.equals(List.of("#"))) {
      return true;
    }
    if (levels.isEmpty() || names.isEmpty()) {
      return levels.isEmpty() && names.isEmpty();
    }
    boolean first = levels.getFirst().equals("+") || levels.getFirst().equals(names.getFirst());
    return first && matches(levels.subList(1, levels.size()), names.subList(1, names.size()));
  }
}
