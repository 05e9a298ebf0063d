package io.noctule.device.action;

/**
 * What became of an action for a message.
 *
 * @param action which one, as {@code actions[0]} in the order of the description
 * @param outcome whether it was done
 * @param text the line of a log action, what was done, or why it was not
 */
public record ActionEvent(String action, Outcome outcome, String text) {
  /** Whether an action was done. */
  public enum Outcome {
    /** A log action: the text is its line. */
    LOGGED,
    /** Done. */
    DONE,
    /** Tried and failed. */
    FAILED,
    /** Not tried: too many at once. Told at the first and then ever more rarely. */
    DROPPED
  }
}
