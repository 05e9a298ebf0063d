package io.noctule.device.action;

import java.util.concurrent.CompletableFuture;

/** Calls Java code. */
record JavaStep(String name, Action action, ActionContext context) implements Step {
  @Override
  public CompletableFuture<String> run(MessageContent content) throws Exception {
    action.run(content.message(), context);
    return CompletableFuture.completedFuture("'%s' ended".formatted(name));
  }

  @Override
  public boolean isLong() {
    return true;
  }
}
