package io.noctule.device.action;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a value stands in a message: {@code topic}, {@code payload}, or a path into its JSON.
 *
 * @param root where to begin
 * @param steps keys and indexes from there on
 */
record ValuePath(Root root, List<Step> steps) {
  /** Where a path begins. */
  enum Root {
    TOPIC,
    PAYLOAD,
    JSON
  }

  /** One step down. */
  sealed interface Step {
    /** Into an object. */
    record Key(String name) implements Step {}

    /** Into an array, counted from 0. */
    record Index(int index) implements Step {}
  }

  ValuePath {
    steps = List.copyOf(steps);
  }

  /** The value; null where the message has none there. */
  @Nullable JsonNode in(MessageContent content) {
    return switch (root) {
      case TOPIC -> content.topic();
      case PAYLOAD -> content.text();
      case JSON -> {
        JsonNode value = content.json();
        for (Step step : steps) {
          value =
              switch (step) {
                case Step.Key key -> value.path(key.name());
                case Step.Index index -> value.path(index.index());
              };
        }
        yield value.isMissingNode() ? null : value;
      }
    };
  }
}
