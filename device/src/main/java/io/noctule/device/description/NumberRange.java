package io.noctule.device.description;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which numbers a key takes.
 *
 * @param min smallest, included
 * @param max largest, included; {@link Double#MAX_VALUE} for any finite number
 * @param unit for people, such as {@code seconds}; empty for none
 */
record NumberRange(double min, double max, String unit) {
  static NumberRange atLeast(double min) {
    return new NumberRange(min, Double.MAX_VALUE, "");
  }

  static NumberRange any() {
    return atLeast(-Double.MAX_VALUE);
  }

  /** {@code 0.1 to 86400}. */
  String text() {
    if (max < Double.MAX_VALUE) {
      return text(min) + " to " + text(max);
    }
    return min > -Double.MAX_VALUE ? text(min) + " or more" : "any finite number";
  }

  /** Why the number is not allowed: {@code must be 0.1 to 86400 seconds, was 0}. */
  Optional<String> violation(double value) {
    if (value >= min && value <= max) {
      return Optional.empty();
    }
    return Optional.of(violation(text(value)));
  }

  /** Why a value is not allowed that is no number at all. */
  String violation(String was) {
    return "must be " + text() + (unit.isEmpty() ? "" : " " + unit) + ", was " + was;
  }

  /**
   * The number, where it is allowed.
   *
   * @throws IllegalArgumentException else, beginning with the name
   */
  double require(String name, double value) {
    violation(value)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(name + ": " + reason);
            });
    return value;
  }

  /** A number as people write it: without exponent, without {@code .0}. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return "0";
    }
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
