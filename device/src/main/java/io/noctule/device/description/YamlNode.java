package io.noctule.device.description;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A value in a YAML file, and the line (from 1) that it stands in. */
sealed interface YamlNode {
  int line();

  /** What kind of value it is, for people. */
  String kind();

  /** As JSON. */
  JsonNode toJson();

  /**
   * A single value.
   *
   * @param text as written, without quotes; empty for nothing
   */
  record Scalar(String text, Type type, int line) implements YamlNode {
    enum Type {
      TEXT,
      NUMBER,
      FLAG,
      NOTHING
    }

    @Override
    public String kind() {
      return type == Type.NOTHING ? "empty" : "'" + shown() + "'";
    }

    private String shown() {
      return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    @Override
    public JsonNode toJson() {
      return switch (type) {
        case TEXT -> JsonValues.NODES.stringNode(text);
        case NUMBER -> number();
        case FLAG -> JsonValues.NODES.booleanNode(Boolean.parseBoolean(text));
        case NOTHING -> JsonValues.NODES.nullNode();
      };
    }

    /** YAML has numbers that JSON has not, such as 1_000 and .inf: they stay texts. */
    private JsonNode number() {
      try {
        return JsonValues.NODES.numberNode(new BigDecimal(text));
      } catch (NumberFormatException _) {
        return JsonValues.NODES.stringNode(text);
      }
    }
  }

  record Sequence(List<YamlNode> elements, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public JsonNode toJson() {
      ArrayNode array = JsonValues.NODES.arrayNode();
      elements.forEach(element -> array.add(element.toJson()));
      return array;
    }
  }

  record Mapping(Map<String, Entry> entries, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a group of keys";
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode object = JsonValues.NODES.objectNode();
      entries.forEach((key, entry) -> object.set(key, entry.value.toJson()));
      return object;
    }
  }

  /**
   * One key of a mapping.
   *
   * @param line that the key stands in
   */
  record Entry(int line, YamlNode value) {}
}
