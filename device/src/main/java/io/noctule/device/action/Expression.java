package io.noctule.device.action;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A condition as a tree, whose depth the parser bounds. Immutable. */
sealed interface Expression {
  /** Whether it holds for a message. */
  boolean holds(MessageContent content);

  /** True where one of them holds. */
  record AnyOf(List<Expression> parts) implements Expression {
    @Override
    public boolean holds(MessageContent content) {
      return parts.stream().anyMatch(part -> part.holds(content));
    }
  }

  /** True where all of them hold. */
  record AllOf(List<Expression> parts) implements Expression {
    @Override
    public boolean holds(MessageContent content) {
      return parts.stream().allMatch(part -> part.holds(content));
    }
  }

  /** True where the other does not hold. */
  record Not(Expression part) implements Expression {
    @Override
    public boolean holds(MessageContent content) {
      return !part.holds(content);
    }
  }

  /** Compares two values. */
  record Compared(Operand left, Comparison comparison, Operand right) implements Expression {
    @Override
    public boolean holds(MessageContent content) {
      return comparison.holds(left.in(content), right.in(content));
    }
  }

  /** True where the message has a value there, be it null. */
  record Exists(ValuePath path) implements Expression {
    @Override
    public boolean holds(MessageContent content) {
      return path.in(content) != null;
    }
  }

  /** True where the value is true. */
  record IsTrue(Operand operand) implements Expression {
    @Override
    public boolean holds(MessageContent content) {
      JsonNode value = operand.in(content);
      return value != null && value.isBoolean() && value.booleanValue();
    }
  }

  /** One side of a comparison. */
  sealed interface Operand {
    /** The value; null where the message has none. */
    @Nullable JsonNode in(MessageContent content);

    /** A value that the condition names. */
    record Literal(JsonNode value) implements Operand {
      @Override
      public JsonNode in(MessageContent content) {
        return value;
      }
    }

    /** A value of the message. */
    record Path(ValuePath path) implements Operand {
      @Override
      public @Nullable JsonNode in(MessageContent content) {
        return path.in(content);
      }
    }
  }
}
