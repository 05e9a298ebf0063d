package io.noctule.device;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON so that numbers keep all their digits. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /**
   * The value of a JSON text; empty where it is not exactly one JSON value, or nested beyond what
   * Jackson reads.
   */
  static Optional<JsonNode> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JacksonException _) {
      // Not an error: any payload is allowed.
      return Optional.empty();
    }
  }

  static byte[] write(JsonNode value) {
    return MAPPER.writeValueAsBytes(value);
  }
}
