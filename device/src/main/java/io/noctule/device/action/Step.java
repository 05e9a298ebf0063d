package io.noctule.device.action;

import io.noctule.device.action.ActionEvent.Outcome;
import java.util.concurrent.CompletableFuture;

/** What one action does, ready to be done. Immutable but for what Java code keeps itself. */
interface Step {
  /**
   * Does it.
   *
   * @return completes with what was done
   * @throws Exception where it fails at once
   */
  CompletableFuture<String> run(MessageContent content) throws Exception;

  /** Whether it may take long, and so needs a thread that may wait. */
  boolean isLong();

  /** How success is told. */
  default Outcome success() {
    return Outcome.DONE;
  }
}
