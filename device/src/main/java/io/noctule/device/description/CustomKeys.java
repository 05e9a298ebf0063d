package io.noctule.device.description;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much a device keeps for its user: it is published with each twin. */
final class CustomKeys {
  static final int MAX_KEYS = 256;
  static final int MAX_DEPTH = 8;
  static final int MAX_BYTES = 32 << 10;

  private CustomKeys() {}

  /** Why this is too much; empty where it is not. */
  static Optional<String> violation(ObjectNode custom) {
    int keys = keys(custom);
    if (keys > MAX_KEYS) {
      return Optional.of("must have at most %d keys, had %d".formatted(MAX_KEYS, keys));
    }
    if (depth(custom) > MAX_DEPTH) {
      return Optional.of("must be nested at most %d levels deep".formatted(MAX_DEPTH));
    }
    int bytes = custom.toString().getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MAX_BYTES
        ? Optional.empty()
        : Optional.of("must have at most %d bytes as JSON, had %d".formatted(MAX_BYTES, bytes));
  }

  private static int keys(JsonNode value) {
    int count = value.isObject() ? value.size() : 0;
    for (JsonNode member : value.values()) {
      count += keys(member);
    }
    return count;
  }

  private static int depth(JsonNode value) {
    int deepest = 0;
    for (JsonNode member : value.values()) {
      deepest = Math.max(deepest, depth(member));
    }
    return value.isContainer() ? deepest + 1 : 0;
  }
}
