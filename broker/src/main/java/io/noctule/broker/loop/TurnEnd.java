package io.noctule.broker.loop;

/** Who has something to do once at the end of a loop's turn, such as a flush. */
@FunctionalInterface
public interface TurnEnd {
  /** Called on the loop after all that was ready in this turn has been handled. */
  void onTurnEnd();
}
