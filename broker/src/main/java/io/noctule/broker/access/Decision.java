package io.noctule.broker.access;

/**
 * The answer to whether a client may publish or subscribe.
 *
 * @param isAllowed the answer
 * @param rule what it follows from, for the operator: a rule with its place
 */
public record Decision(boolean isAllowed, String rule) {
  /** Yes. */
  public static Decision allowed(String rule) {
    return new Decision(true, rule);
  }

  /** No. */
  public static Decision denied(String rule) {
    return new Decision(false, rule);
  }
}
