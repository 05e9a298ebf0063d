package io.noctule.device.description;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values of the environment into a file: <code>${NAME}</code>, or <code>${NAME:-other}</code>
 * where it may be missing; <code>$${</code> is written as <code>${</code>.
 */
final class EnvironmentValues {
  private static final Pattern PLACE =
      Pattern.compile(
          "\\$\\$\\{|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<other>[^}]*))?}|\\$\\{");

  private final Map<String, String> environment;
  private final Problems problems;

  EnvironmentValues(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  YamlNode in(YamlNode node, String path) {
    return switch (node) {
      case YamlNode.Scalar scalar -> in(scalar, path);
      case YamlNode.Sequence sequence ->
          new YamlNode.Sequence(
              sequence.elements().stream().map(element -> in(element, path)).toList(),
              sequence.line());
      case YamlNode.Mapping mapping -> {
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        mapping
            .entries()
            .forEach(
                (key, entry) ->
                    entries.put(
                        key,
                        new YamlNode.Entry(
                            entry.line(), in(entry.value(), Section.path(path, key)))));
        yield new YamlNode.Mapping(entries, mapping.line());
      }
    };
  }

  private YamlNode in(YamlNode.Scalar scalar, String path) {
    if (!scalar.text().contains("${")) {
      return scalar;
    }
    String text =
        PLACE
            .matcher(scalar.text())
            .replaceAll(
                place ->
                    Matcher.quoteReplacement(
                        value(
                            place.group(),
                            place.group("name"),
                            place.group("other"),
                            scalar,
                            path)));
    return new YamlNode.Scalar(text, scalar.type(), scalar.line());
  }

  private String value(
      String place,
      @Nullable String name,
      @Nullable String other,
      YamlNode.Scalar scalar,
      String path) {
    if (name == null) {
      if (place.equals("${")) {
        problems.add(
            scalar.line(), path, "must be ${NAME} or ${NAME:-other}, was " + scalar.kind());
      }
      return "${";
    }
    String value = environment.get(name);
    if (value == null && other == null) {
      problems.add(
          scalar.line(),
          path,
          "the environment has no %s; set it, or write ${%s:-other}".formatted(name, name));
    }
    return value != null ? value : other == null ? "" : other;
  }
}
