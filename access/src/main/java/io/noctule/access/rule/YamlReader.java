package io.noctule.access.rule;

import io.noctule.access.file.FileFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a YAML file into nodes that know their line. For one file, on one thread. */
final class YamlReader {
  private static final int DEEPEST = 20;
  private static final String QUOTES =
      " (a text that starts with * & % # or ! stands in quotes: \"#\")";

  private final Path file;
  private final YAMLParser parser;

  private YamlReader(Path file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * The root of a file; null where the file is empty.
   *
   * @throws FileFault naming the line that is no YAML
   */
  static @Nullable Node read(Path file, String text) throws FileFault {
    try (YAMLParser parser =
        (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      YamlReader reader = new YamlReader(file, parser);
      Node root = parser.nextToken() == null ? null : reader.node(0);
      if (parser.nextToken() != null) {
        throw new FileFault(file, reader.line(), "one document is expected, a second one starts");
      }
      return root;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      throw new FileFault(file, line, "not YAML: " + firstLine(e) + QUOTES);
    }
  }

  private static String firstLine(JacksonException failure) {
    return String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("");
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private Node node(int depth) throws FileFault {
    int line = line();
    if (depth > DEEPEST) {
      throw new FileFault(file, line, "nested too deeply");
    }
    if (parser.isCurrentAlias()) {
      throw new FileFault(file, line, "aliases are not used here" + QUOTES);
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(line, depth);
      case START_ARRAY -> sequence(line, depth);
      case VALUE_NULL -> new Node.Empty(line);
      default -> new Node.Scalar(parser.getString(), line);
    };
  }

  private Node sequence(int line, int depth) throws FileFault {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return new Node.Sequence(items, line);
  }

  private Node mapping(int line, int depth) throws FileFault {
    LinkedHashMap<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      parser.nextToken();
      if (entries.put(key, new Node.Entry(node(depth + 1), keyLine)) != null) {
        throw new FileFault(file, keyLine, "'" + key + "' is there twice");
      }
    }
    return new Node.Mapping(entries, line);
  }
}
