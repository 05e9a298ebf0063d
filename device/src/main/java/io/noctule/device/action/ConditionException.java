package io.noctule.device.action;

/** A condition or a placeholder that is not understood: the message tells where and why. */
public final class ConditionException extends IllegalArgumentException {
  private final int column;

  ConditionException(int column, String reason) {
    super("column %d: %s".formatted(column, reason));
    this.column = column;
  }

  /** Where in the text, counted from 1. */
  public int column() {
    return column;
  }
}
