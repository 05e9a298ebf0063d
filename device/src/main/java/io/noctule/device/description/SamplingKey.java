package io.noctule.device.description;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a sensor may be changed at run time, as JSON. */
enum SamplingKey {
  INTERVAL,
  SENSITIVITY,
  MAX_SILENCE,
  ENABLED;

  /** Null for a flag. */
  private @Nullable NumberRange range() {
    return switch (this) {
      case INTERVAL -> Sampling.INTERVAL;
      case SENSITIVITY -> Sampling.SENSITIVITY;
      case MAX_SILENCE -> Sampling.MAX_SILENCE;
      case ENABLED -> null;
    };
  }

  /** Its value, null where none is set. */
  @Nullable JsonNode of(Sampling sampling) {
    return switch (this) {
      case INTERVAL -> JsonValues.number(sampling.intervalSeconds());
      case SENSITIVITY -> JsonValues.number(sampling.sensitivity());
      case MAX_SILENCE -> {
        OptionalDouble seconds = sampling.maxSilenceSeconds();
        yield seconds.isPresent() ? JsonValues.number(seconds.getAsDouble()) : null;
      }
      case ENABLED -> JsonValues.NODES.booleanNode(sampling.enabled());
    };
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<SamplingKey> named(String key) {
    for (SamplingKey candidate : values()) {
      if (candidate.key().equals(key)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Why a value is not allowed; empty where it is. */
  Optional<String> violation(JsonNode value) {
    NumberRange range = range();
    if (range == null) {
      return value.isBoolean()
          ? Optional.empty()
          : Optional.of("must be true or false, was " + JsonValues.shown(value));
    }
    return value.isNumber()
        ? range.violation(value.numberValue().doubleValue())
        : Optional.of(range.violation(JsonValues.shown(value)));
  }

  /** The form of an allowed value that equals that of {@link #of}. */
  JsonNode canonical(JsonNode value) {
    return range() == null ? value : JsonValues.number(value.numberValue().doubleValue());
  }

  /** The sampling that the file asks for, changed. */
  static Sampling changed(Sampling base, ObjectNode changes) {
    return new Sampling(
        INTERVAL.number(changes).orElse(base.intervalSeconds()),
        SENSITIVITY.number(changes).orElse(base.sensitivity()),
        changes.has(MAX_SILENCE.key()) ? MAX_SILENCE.number(changes) : base.maxSilenceSeconds(),
        changes.has(ENABLED.key()) ? changes.get(ENABLED.key()).booleanValue() : base.enabled());
  }

  private OptionalDouble number(ObjectNode changes) {
    JsonNode value = changes.get(key());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
  }

  /** All that is set, as JSON. */
  static ObjectNode json(Sampling sampling) {
    ObjectNode json = JsonValues.NODES.objectNode();
    for (SamplingKey key : values()) {
      JsonNode value = key.of(sampling);
      if (value != null) {
        json.set(key.key(), value);
      }
    }
    return json;
  }
}
