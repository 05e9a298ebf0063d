package io.noctule.console.device;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of a reading by name, named as the history names its series: those within objects and
 * arrays with the way to them, dots between; a bare number is {@code value}.
 */
final class Numbers {
  private static final int MOST_NUMBERS = 256;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ARRAY = 64;

  private final Map<String, Double> found = new LinkedHashMap<>();

  private Numbers() {}

  /**
   * The numbers of a payload.
   *
   * @param prefix what the topic says behind the device, dots between; empty where it says nothing
   */
  static Map<String, Double> of(JsonNode payload, String prefix) {
    var numbers = new Numbers();
    if (payload.isContainer()) {
      numbers.container(payload, prefix, true);
    } else {
      numbers.value(payload, prefix.isEmpty() ? "value" : prefix);
    }
    return numbers.found;
  }

  private void container(JsonNode node, String path, boolean top) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (!(top && isAboutItself(member))) {
          value(member.getValue(), join(path, member.getKey()));
        }
      }
    } else {
      int length = Math.min(LONGEST_ARRAY, node.size());
      for (int i = 0; i < length; i++) {
        value(node.get(i), join(path, Integer.toString(i)));
      }
    }
  }

  private static boolean isAboutItself(Map.Entry<String, JsonNode> member) {
    return member.getKey().equals("time") && member.getValue().isNumber();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void value(JsonNode node, String name) {
    if (node.isContainer()) {
      container(node, name, false);
    } else if (node.isNumber()) {
      add(name, node.doubleValue());
    } else if (node.isBoolean()) {
      add(name, node.booleanValue() ? 1 : 0);
    }
  }

  private void add(String name, double value) {
    if (Double.isFinite(value)
        && !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && found.size() < MOST_NUMBERS) {
      found.put(name, value);
    }
  }
}
