package io.noctule.device.action;

import io.noctule.device.action.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Splits a condition into tokens. */
final class Scanner {
  static final int MAX_LENGTH = 4_096;

  private static final int MAX_NUMBER_LENGTH = 50;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Scanner(String text) {
    this.text = text;
  }

  /** The tokens, of which the last is the end. */
  static List<Token> scan(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new ConditionException(
          MAX_LENGTH + 1, "it must have at most %d characters".formatted(MAX_LENGTH));
    }
    var scanner = new Scanner(text);
    scanner.scan();
    return scanner.tokens;
  }

  private void scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case ' ', '\t', '\n', '\r' -> at++;
        case '(' -> sign(Kind.OPENING_PARENTHESIS, 1);
        case ')' -> sign(Kind.CLOSING_PARENTHESIS, 1);
        case '[' -> sign(Kind.OPENING_BRACKET, 1);
        case ']' -> sign(Kind.CLOSING_BRACKET, 1);
        case '.' -> sign(Kind.DOT, 1);
        case '$' -> sign(Kind.DOLLAR, 1);
        case '<', '>' -> sign(Kind.COMPARISON, follows('=') ? 2 : 1);
        case '=', '!' -> equality(c);
        case '&', '|' ->
            throw failure("write '%s', not '%c'".formatted(c == '&' ? "and" : "or", c));
        case '"', '\'' -> string(c);
        default -> other(c);
      }
    }
    tokens.add(new Token(Kind.END, "", null, text.length() + 1));
  }

  private void equality(char c) {
    if (!follows('=')) {
      throw failure(c == '=' ? "compare with '==', not '='" : "write 'not', not '!'");
    }
    sign(Kind.COMPARISON, 2);
  }

  private void other(char c) {
    if (isDigit(c) || (c == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (Character.isLetter(c) || c == '_') {
      int end = at + 1;
      while (end < text.length() && isInName(text.charAt(end))) {
        end++;
      }
      sign(Kind.NAME, end - at);
    } else {
      throw failure("the character '%c' has no meaning here".formatted(c));
    }
  }

  private void number() {
    int end = at + 1;
    while (end < text.length() && isInNumber(end)) {
      end++;
    }
    String written = text.substring(at, end);
    try {
      if (written.length() > MAX_NUMBER_LENGTH) {
        throw new NumberFormatException();
      }
      tokens.add(new Token(Kind.NUMBER, written, new BigDecimal(written), at + 1));
    } catch (NumberFormatException _) {
      throw failure("'%s' is not a number".formatted(written));
    }
    at = end;
  }

  private boolean isInNumber(int index) {
    char c = text.charAt(index);
    boolean afterExponent = Character.toLowerCase(text.charAt(index - 1)) == 'e';
    return isDigit(c)
        || c == '.'
        || Character.isLetter(c)
        || (afterExponent && "+-".indexOf(c) >= 0);
  }

  private void string(char quote) {
    var value = new StringBuilder();
    int index = at + 1;
    while (index < text.length() && text.charAt(index) != quote) {
      char c = text.charAt(index);
      if (c == '\\') {
        index++;
        c = index < text.length() ? escaped(text.charAt(index)) : quote;
      }
      value.append(c);
      index++;
    }
    if (index >= text.length()) {
      throw failure("the text that begins here has no closing quote");
    }
    tokens.add(new Token(Kind.STRING, value.toString(), null, at + 1));
    at = index + 1;
  }

  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\', '"', '\'' -> c;
      default -> throw failure("in the text that begins here, '\\%c' has no meaning".formatted(c));
    };
  }

  private void sign(Kind kind, int length) {
    tokens.add(new Token(kind, text.substring(at, at + length), null, at + 1));
    at += length;
  }

  private boolean follows(char next) {
    return at + 1 < text.length() && text.charAt(at + 1) == next;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isInName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private ConditionException failure(String reason) {
    return new ConditionException(at + 1, reason);
  }
}
