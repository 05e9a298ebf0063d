package io.noctule.device.action;

import io.noctule.device.program.Program;
import io.noctule.device.program.ProgramResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs a program; a placeholder is a part of one argument, whatever its value. */
record RunStep(List<Template> command, Duration timeout) implements Step {
  private static final int MAX_OUTPUT_BYTES = 4_096;

  @Override
  public CompletableFuture<String> run(MessageContent content)
      throws ActionException, InterruptedException {
    List<String> filled = new ArrayList<>();
    for (Template part : command) {
      filled.add(part.fill(content));
    }
    String name = filled.getFirst();
    ProgramResult result;
    try {
      result = new Program(filled).run(timeout, MAX_OUTPUT_BYTES);
    } catch (IOException | IllegalArgumentException e) {
      throw new ActionException("'%s' was not run: %s".formatted(name, e.getMessage()), e);
    }
    String output = output(result);
    if (result.timedOut()) {
      throw new ActionException(
          "'%s' was killed after %s s%s".formatted(name, timeout.toMillis() / 1e3, output));
    }
    if (result.exitStatus() != 0) {
      throw new ActionException(
          "'%s' ended with status %d%s".formatted(name, result.exitStatus(), output));
    }
    return CompletableFuture.completedFuture("'%s' ended with status 0%s".formatted(name, output));
  }

  private static String output(ProgramResult result) {
    String output = result.output().strip();
    if (output.isEmpty()) {
      return "";
    }
    return ": " + output + (result.truncated() ? "…" : "");
  }

  @Override
  public boolean isLong() {
    return true;
  }
}
