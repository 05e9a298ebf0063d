package io.noctule.app.bench;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows on a terminal how far a run is; shows nothing elsewhere. */
final class ProgressBar {
  private static final int CELLS = 30;
  private static final int REFRESH_MILLIS = 100;

  private final CommandContext context;

  ProgressBar(CommandContext context) {
    this.context = context;
  }

  /**
   * Starts a run and waits for its report.
   *
   * @throws CommandFailure where the run fails
   */
  LoadReport follow(LoadRun run) throws InterruptedException {
    CompletableFuture<LoadReport> result = run.start();
    try {
      while (true) {
        try {
          return result.get(REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          show(run.plan(), run.progress());
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw new CommandFailure("the run failed: " + e.getMessage(), CommandFailure.FAILED, e);
    } finally {
      show("\r\033[K");
    }
  }

  private void show(LoadPlan plan, LoadRun.Progress progress) {
    double elapsed = progress.elapsedNanos() / 1e9;
    double whole = plan.warmUp().plus(plan.measured()).toNanos() / 1e9;
    int filled = (int) Math.min(CELLS, CELLS * elapsed / whole);
    show(
        "\r\033[K  %s%s %4.1f/%.1f s  %-10s %,12d received"
            .formatted(
                "\u2588".repeat(filled),
                "\u2591".repeat(CELLS - filled),
                Math.min(elapsed, whole),
                whole,
                doing(progress.phase()),
                progress.received()));
  }

  private static String doing(LoadRun.Phase phase) {
    return switch (phase) {
      case CONNECTING -> "connecting";
      case WARMING_UP -> "warming up";
      case MEASURING -> "measuring";
      case DRAINING, ENDED -> "draining";
    };
  }

  private void show(String text) {
    if (context.interactive()) {
      context.err().print(text);
      context.err().flush();
    }
  }
}
