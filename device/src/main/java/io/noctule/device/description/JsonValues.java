package io.noctule.device.description;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON values in one form each, so that equal ones are equal: integers of up to 18 digits as long,
 * other numbers as decimal without trailing zeros, objects without nulls.
 */
final class JsonValues {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_LONG_DIGITS = 18;

  /** Beyond what a double holds; to write out 1e1000000 would take a megabyte. */
  private static final int MAX_EXPONENT = 308;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonValues() {}

  /**
   * The one value of a JSON text.
   *
   * @throws IllegalArgumentException telling where it is none
   */
  static JsonNode parse(byte[] text) {
    JsonNode value;
    try {
      value = MAPPER.readTree(text);
    } catch (JacksonException e) {
      var at = e.getLocation();
      String where =
          at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
      throw new IllegalArgumentException("no JSON: " + where + e.getOriginalMessage(), e);
    }
    if (value == null || value.isMissingNode()) {
      throw new IllegalArgumentException("no JSON: it is empty");
    }
    return value;
  }

  /**
   * The same value in the form that equals others.
   *
   * @throws IllegalArgumentException where a number is beyond all use
   */
  static JsonNode canonical(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode copy = NODES.objectNode();
        object.forEachEntry(
            (key, member) -> {
              if (!member.isNull()) {
                copy.set(key, canonical(member));
              }
            });
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = NODES.arrayNode();
        array.forEach(element -> copy.add(canonical(element)));
        yield copy;
      }
      default -> value.isNumber() ? number(decimal(value)) : value;
    };
  }

  /** A finite number. */
  static JsonNode number(double value) {
    return number(BigDecimal.valueOf(value));
  }

  private static JsonNode number(BigDecimal value) {
    if (value.signum() == 0) {
      return NODES.numberNode(0L);
    }
    if (Math.abs((long) value.precision() - value.scale()) > MAX_EXPONENT) {
      throw new IllegalArgumentException("a number is too large or too small");
    }
    BigDecimal stripped = value.stripTrailingZeros();
    boolean integer = stripped.scale() <= 0;
    return integer && stripped.precision() - stripped.scale() <= MAX_LONG_DIGITS
        ? NODES.numberNode(stripped.longValueExact())
        : NODES.numberNode(stripped);
  }

  private static BigDecimal decimal(JsonNode value) {
    Optional<BigDecimal> decimal = value.decimalValueOpt();
    return decimal.orElseThrow(
        () -> new IllegalArgumentException("a number is not finite: " + value));
  }

  /**
   * Changes an object as a JSON merge patch says (RFC 7396): null removes a key, objects are
   * merged, anything else replaces what was there. The target is changed and returned.
   */
  static ObjectNode merge(ObjectNode target, ObjectNode patch) {
    patch.forEachEntry(
        (key, change) -> {
          if (change.isNull()) {
            target.remove(key);
          } else if (change instanceof ObjectNode object) {
            ObjectNode member =
                target.get(key) instanceof ObjectNode old ? old : NODES.objectNode();
            target.set(key, merge(member, object));
          } else {
            target.set(key, change);
          }
        });
    return target;
  }

  /** Removes from an overlay what the base says too, members of objects one by one. */
  static void prune(ObjectNode overlay, ObjectNode base) {
    for (String key : overlay.propertyNames().toArray(String[]::new)) {
      JsonNode over = overlay.get(key);
      JsonNode under = base.get(key);
      if (over instanceof ObjectNode overObject && under instanceof ObjectNode underObject) {
        prune(overObject, underObject);
        if (overObject.isEmpty()) {
          overlay.remove(key);
        }
      } else if (over.equals(under)) {
        overlay.remove(key);
      }
    }
  }

  /** A value for a message, cut where it is long. */
  static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
