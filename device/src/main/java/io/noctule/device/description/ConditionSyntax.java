package io.noctule.device.description;

/** Checks the text of a condition, so that a mistake is found when the file is read. */
@FunctionalInterface
public interface ConditionSyntax {
  /** Takes any text. */
  ConditionSyntax ANY = _ -> {};

  /**
   * Checks a condition.
   *
   * @throws IllegalArgumentException telling what is wrong with it
   */
  void check(String condition);
}
