package io.noctule.device.action;

import io.noctule.device.Message;
import org.jspecify.annotations.Nullable;

/**
 * A question about a message, such as {@code msg == "ON"} or {@code temperature > 30 and not
 * (humidity <= 50 or door.open)}. Immutable, any thread.
 *
 * <p>Values: numbers, texts in double or single quotes, {@code true}, {@code false}, {@code null};
 * {@code topic} and {@code payload} (as text); anything else is a path into the JSON of the
 * message: {@code a.b[0]}, {@code $} for all of it, {@code $["a key"]}. Comparisons: {@code == != <
 * <= > >=}. Joined by {@code and}, {@code or}, {@code not} and parentheses; {@code exists(a.b)}; a
 * path alone is true where its value is.
 *
 * <p>A comparison with a value that the message does not have is false, {@code !=} too. Values of
 * different types are unequal, and none is the greater one. Looking at a message never fails.
 */
public final class Condition {
  /** Holds for each message. */
  public static final Condition ALWAYS = new Condition("", null);

  private final String text;
  private final @Nullable Expression expression;

  private Condition(String text, @Nullable Expression expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * Reads a condition.
   *
   * @param text at most 4,096 characters, 50 levels deep
   * @throws ConditionException where it is not understood, with the column
   */
  public static Condition parse(String text) {
    return new Condition(text, Parser.condition(text));
  }

  /** Whether it holds for a message. */
  public boolean holds(Message message) {
    return holds(new MessageContent(message));
  }

  boolean holds(MessageContent content) {
    return expression == null || expression.holds(content);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
