package io.noctule.device.action;

import io.noctule.device.action.ActionEvent.Outcome;
import java.util.concurrent.CompletableFuture;

/** Tells a line. */
record LogStep(Template text) implements Step {
  @Override
  public CompletableFuture<String> run(MessageContent content) throws ActionException {
    return CompletableFuture.completedFuture(text.fill(content));
  }

  @Override
  public boolean isLong() {
    return false;
  }

  @Override
  public Outcome success() {
    return Outcome.LOGGED;
  }
}
