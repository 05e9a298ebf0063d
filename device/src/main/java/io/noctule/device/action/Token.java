package io.noctule.device.action;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A word or sign of a condition.
 *
 * @param kind what it is
 * @param text as written, for a string without its quotes
 * @param number its value; null for other kinds
 * @param column where it begins, from 1
 */
record Token(Kind kind, String text, @Nullable BigDecimal number, int column) {
  /** What a token is. */
  enum Kind {
    NAME,
    STRING,
    NUMBER,
    COMPARISON,
    DOLLAR,
    DOT,
    OPENING_PARENTHESIS,
    CLOSING_PARENTHESIS,
    OPENING_BRACKET,
    CLOSING_BRACKET,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /** For messages. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "the text \"" + text + "\"";
      default -> "'" + text + "'";
    };
  }
}
