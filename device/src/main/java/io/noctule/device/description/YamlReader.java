package io.noctule.device.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLReadFeature;

/**
 * Reads YAML as it is written, each value with its line. Anchors and aliases are refused: a small
 * file could unfold into a huge one.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 24;

  private final JsonParser parser;
  private final Problems problems;

  private YamlReader(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The value of a text; an empty mapping where it is empty or, as a problem says, no YAML. */
  static YamlNode read(String text, Problems problems) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .enable(YAMLReadFeature.EMPTY_STRING_AS_NULL)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    var nothing = new YamlNode.Mapping(Map.of(), 1);
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return nothing;
      }
      var reader = new YamlReader(parser, problems);
      YamlNode root = reader.node();
      if (parser.nextToken() != null) {
        problems.add(reader.line(), "", "a second document begins here; only one is read");
      }
      return root;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      // The lines between show the place in the file, which has its number already.
      String reason =
          String.valueOf(e.getOriginalMessage())
              .lines()
              .filter(part -> !part.isBlank() && !part.startsWith(" "))
              .collect(Collectors.joining(", "));
      problems.add(line, "", "no YAML: " + reason);
      return nothing;
    }
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private YamlNode node() {
    int line = line();
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(line, "", "aliases (*%s) are not taken".formatted(parser.getString()));
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(line);
      case START_ARRAY -> sequence(line);
      case VALUE_NULL -> new YamlNode.Scalar("", YamlNode.Scalar.Type.NOTHING, line);
      case VALUE_TRUE, VALUE_FALSE -> scalar(YamlNode.Scalar.Type.FLAG, line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(YamlNode.Scalar.Type.NUMBER, line);
      default -> scalar(YamlNode.Scalar.Type.TEXT, line);
    };
  }

  private YamlNode scalar(YamlNode.Scalar.Type type, int line) {
    return new YamlNode.Scalar(parser.getString(), type, line);
  }

  private YamlNode mapping(int line) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      parser.nextToken();
      YamlNode value = node();
      if (value instanceof YamlNode.Mapping below) {
        // What is missing in it is looked for at its name, not at its first key.
        value = new YamlNode.Mapping(below.entries(), keyLine);
      }
      if (entries.putIfAbsent(key, new YamlNode.Entry(keyLine, value)) != null) {
        problems.add(keyLine, key, "stands twice in the same place");
      }
    }
    return new YamlNode.Mapping(entries, line);
  }

  private YamlNode sequence(int line) {
    List<YamlNode> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node());
    }
    return new YamlNode.Sequence(elements, line);
  }
}
