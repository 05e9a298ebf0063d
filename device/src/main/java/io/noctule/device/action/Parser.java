package io.noctule.device.action;

import io.noctule.device.action.Expression.Operand;
import io.noctule.device.action.Token.Kind;
import io.noctule.device.action.ValuePath.Root;
import io.noctule.device.action.ValuePath.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes a tree of tokens, by recursive descent: {@code or} binds least, then {@code and}, then
 * {@code not}, then comparisons.
 */
final class Parser {
  /** Of parentheses and {@code not} in one another, so that no text can exhaust the stack. */
  private static final int MAX_DEPTH = 50;

  private static final int MAX_INDEX_DIGITS = 6;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The tree of a condition. */
  static Expression condition(String text) {
    var parser = new Parser(Scanner.scan(text));
    Expression expression = parser.anyOf();
    Token rest = parser.peek();
    if (!rest.is(Kind.END)) {
      throw failure(rest, "expected 'and', 'or' or the end, found " + rest.shown());
    }
    return expression;
  }

  /** The path that a placeholder has between its braces. */
  static ValuePath path(String text) {
    var parser = new Parser(Scanner.scan(text));
    ValuePath path = parser.path();
    Token rest = parser.peek();
    if (!rest.is(Kind.END)) {
      throw failure(rest, "expected the end of the path, found " + rest.shown());
    }
    return path;
  }

  private Expression anyOf() {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(allOf());
    } while (takeWord("or"));
    return parts.size() == 1 ? parts.getFirst() : new Expression.AnyOf(List.copyOf(parts));
  }

  private Expression allOf() {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(single());
    } while (takeWord("and"));
    return parts.size() == 1 ? parts.getFirst() : new Expression.AllOf(List.copyOf(parts));
  }

  private Expression single() {
    Token first = peek();
    if (takeWord("not")) {
      deeper(first);
      var not = new Expression.Not(single());
      depth--;
      return not;
    }
    if (take(Kind.OPENING_PARENTHESIS)) {
      deeper(first);
      Expression inner = anyOf();
      expect(Kind.CLOSING_PARENTHESIS, "')'");
      depth--;
      return inner;
    }
    if (first.isWord("exists") && tokens.get(at + 1).is(Kind.OPENING_PARENTHESIS)) {
      at += 2;
      var exists = new Expression.Exists(path());
      expect(Kind.CLOSING_PARENTHESIS, "')'");
      return exists;
    }
    return comparison(first);
  }

  private Expression comparison(Token first) {
    Operand left = operand();
    Token sign = peek();
    if (!take(Kind.COMPARISON)) {
      if (left instanceof Operand.Literal(JsonNode value) && !value.isBoolean()) {
        throw failure(first, first.shown() + " alone is no condition: compare it with something");
      }
      return new Expression.IsTrue(left);
    }
    Comparison comparison = Comparison.of(sign.text());
    Token second = peek();
    Operand right = operand();
    requireOrdered(comparison, left, first);
    requireOrdered(comparison, right, second);
    if (peek().is(Kind.COMPARISON)) {
      throw failure(peek(), "comparisons cannot be chained: write 'a < b and b < c'");
    }
    return new Expression.Compared(left, comparison, right);
  }

  private static void requireOrdered(Comparison comparison, Operand operand, Token token) {
    if (comparison.orders()
        && operand instanceof Operand.Literal(JsonNode value)
        && !value.isNumber()
        && !value.isString()) {
      throw failure(
          token,
          "'%s' compares numbers or texts, not '%s'".formatted(comparison.sign(), token.text()));
    }
  }

  private Operand operand() {
    Token token = peek();
    JsonNodeFactory json = JsonNodeFactory.instance;
    BigDecimal number = token.number();
    if (number != null) {
      at++;
      return new Operand.Literal(json.numberNode(number));
    }
    if (take(Kind.STRING)) {
      return new Operand.Literal(json.stringNode(token.text()));
    }
    if (takeWord("true") || takeWord("false")) {
      return new Operand.Literal(json.booleanNode(token.text().equals("true")));
    }
    if (takeWord("null")) {
      return new Operand.Literal(json.nullNode());
    }
    return new Operand.Path(path());
  }

  private ValuePath path() {
    Token first = peek();
    List<Step> steps = new ArrayList<>();
    Root root = Root.JSON;
    if (!take(Kind.DOLLAR)) {
      if (!first.is(Kind.NAME) || isKeyword(first)) {
        throw failure(first, "expected a value, found " + first.shown());
      }
      at++;
      switch (first.text()) {
        case "topic" -> root = Root.TOPIC;
        case "payload" -> root = Root.PAYLOAD;
        default -> steps.add(new Step.Key(first.text()));
      }
    }
    steps(steps);
    if (root != Root.JSON && !steps.isEmpty()) {
      throw failure(
          first,
          "'%s' is the message's own: write '$.%s' for the key of its JSON"
              .formatted(first.text(), first.text()));
    }
    return new ValuePath(root, steps);
  }

  private void steps(List<Step> steps) {
    while (true) {
      if (take(Kind.DOT)) {
        Token key = peek();
        if (!take(Kind.NAME)) {
          throw failure(key, "expected a key after '.', found " + key.shown());
        }
        steps.add(new Step.Key(key.text()));
      } else if (take(Kind.OPENING_BRACKET)) {
        steps.add(bracketed(peek()));
        expect(Kind.CLOSING_BRACKET, "']'");
      } else {
        return;
      }
    }
  }

  private Step bracketed(Token token) {
    if (take(Kind.STRING)) {
      return new Step.Key(token.text());
    }
    if (token.is(Kind.NUMBER) && token.text().matches("\\d{1," + MAX_INDEX_DIGITS + "}")) {
      at++;
      return new Step.Index(Integer.parseInt(token.text()));
    }
    throw failure(token, "expected an index from 0 or a key in quotes, found " + token.shown());
  }

  private static boolean isKeyword(Token token) {
    return switch (token.text()) {
      case "and", "or", "not", "true", "false", "null" -> true;
      default -> false;
    };
  }

  private void deeper(Token token) {
    if (++depth > MAX_DEPTH) {
      throw failure(token, "parentheses and 'not' must be at most %d deep".formatted(MAX_DEPTH));
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean take(Kind kind) {
    if (peek().is(kind)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean takeWord(String word) {
    if (peek().isWord(word)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(Kind kind, String shown) {
    if (!take(kind)) {
      throw failure(peek(), "expected %s, found %s".formatted(shown, peek().shown()));
    }
  }

  private static ConditionException failure(Token token, String reason) {
    return new ConditionException(token.column(), reason);
  }
}
