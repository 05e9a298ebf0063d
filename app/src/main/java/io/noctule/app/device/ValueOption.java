package io.noctule.app.device;

import io.noctule.app.command.CommandFailure;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values of {@code --value}: {@code KEY=VALUE}, or {@code @FILE} with a JSON object. */
final class ValueOption {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Numbers keep their digits. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ValueOption() {}

  /**
   * All values, later ones in place of earlier ones.
   *
   * @throws CommandFailure where one is not understood or a file cannot be read
   */
  static ObjectNode merge(List<String> options) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (String option : options) {
      if (option.startsWith("@")) {
        data.setAll(read(option.substring(1)));
      } else {
        int equals = option.indexOf('=');
        if (equals < 1) {
          throw CommandFailure.usage("--value must be KEY=VALUE or @FILE, was '" + option + "'");
        }
        data.set(option.substring(0, equals), value(option.substring(equals + 1)));
      }
    }
    return data;
  }

  private static JsonNode value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return JsonNodeFactory.instance.booleanNode(text.equals("true"));
    }
    if (NUMBER.matcher(text).matches()) {
      try {
        return MAPPER.readTree(text);
      } catch (JacksonException _) {
        // More digits than a number may have: then it is a text.
      }
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static ObjectNode read(String name) {
    var file = new OptionFile("--value @", name);
    try {
      if (MAPPER.readTree(file.read()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw file.failure("is not JSON: " + e.getOriginalMessage() + place(e));
    }
    throw file.failure("is no JSON object, as {…} is one");
  }

  private static String place(JacksonException failure) {
    var location = failure.getLocation();
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }
}
