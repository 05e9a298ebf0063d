package io.noctule.app.client;

import java.util.List;

/** Whether a topic filter matches a topic (section 4.7). */
final class TopicMatch {
  private TopicMatch() {}

  /** Whether a filter, given by its levels, matches. */
  static boolean matches(List<String> filter, String topic) {
    String[] levels = topic.split("/", -1);
    boolean wild = filter.getFirst().equals("#") || filter.getFirst().equals("+");
    if (wild && topic.startsWith("$")) { // [MQTT-4.7.2-1]
      return false;
    }
    for (int i = 0; i < filter.size(); i++) {
      String level = filter.get(i);
      if (level.equals("#")) {
        // Before the next check, since "sport/#" matches "sport" too.
        return true;
      }
      if (i >= levels.length || !(level.equals("+") || level.equals(levels[i]))) {
        return false;
      }
    }
    return filter.size() == levels.length;
  }
}
