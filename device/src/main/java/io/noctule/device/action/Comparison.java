package io.noctule.device.action;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How two values are compared. */
enum Comparison {
  EQUAL("=="),
  UNEQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  MORE(">"),
  AT_LEAST(">=");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  static Comparison of(String sign) {
    for (Comparison comparison : values()) {
      if (comparison.sign.equals(sign)) {
        return comparison;
      }
    }
    throw new IllegalArgumentException("no comparison: " + sign);
  }

  /** Whether it asks which of two is the greater one. */
  boolean orders() {
    return this != EQUAL && this != UNEQUAL;
  }

  String sign() {
    return sign;
  }

  /**
   * Whether it holds. A value that the message does not have is neither equal nor unequal to
   * anything; values of different types are unequal, and none is the greater.
   */
  boolean holds(@Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      return false;
    }
    if (left.isNumber() && right.isNumber()) {
      return holds(left.decimalValue().compareTo(right.decimalValue()));
    }
    if (left.isString() && right.isString()) {
      return holds(left.stringValue().compareTo(right.stringValue()));
    }
    return !orders() && left.equals(right) == (this == EQUAL);
  }

  private boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }
}
