package io.noctule.device.sensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the number in what a file or a program says. */
final class NumberText {
  /** Without what Java's own parser takes as well: NaN, hexadecimal digits, a trailing d. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final int SHOWN_CHARACTERS = 40;

  private NumberText() {}

  /**
   * The number that the pattern finds, or that the text is.
   *
   * @param pattern its first group is the number, without a group all that it matches; null for the
   *     whole text
   * @throws SensorException where there is none
   */
  static double find(String text, @Nullable Pattern pattern) throws SensorException {
    if (pattern == null) {
      return number(text, "; a pattern picks it out of more text");
    }
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new SensorException(
          "the pattern %s finds nothing in '%s'".formatted(pattern, shown(text)));
    }
    String found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    return number(found == null ? "" : found, "");
  }

  /**
   * The number, or the text that is one, that the pointer leads to; true is 1 and false is 0.
   *
   * @throws SensorException where there is none
   */
  static double at(String json, JsonPointer pointer) throws SensorException {
    JsonNode value;
    try {
      value = JsonMapper.shared().readTree(json).at(pointer);
    } catch (JacksonException e) {
      throw new SensorException("must print JSON, printed '" + shown(json) + "'", e);
    }
    if (value.isNumber()) {
      return value.numberValue().doubleValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    if (value.isString()) {
      return number(value.stringValue(), "");
    }
    throw new SensorException("the pointer %s leads to no number".formatted(pointer));
  }

  private static double number(String text, String hint) throws SensorException {
    String stripped = text.strip();
    if (!NUMBER.matcher(stripped).matches()) {
      throw new SensorException("must be a number, was '" + shown(stripped) + "'" + hint);
    }
    return Double.parseDouble(stripped);
  }

  private static String shown(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= SHOWN_CHARACTERS
        ? line
        : line.substring(0, SHOWN_CHARACTERS - 3) + "...";
  }
}
