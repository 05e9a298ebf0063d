package io.noctule.app.device;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Prints events in the order of their happening, on the thread that calls {@link #run}. They wait
 * in a bounded queue; when nobody reads the output it fills, and whoever tells waits, so that the
 * broker holds messages back.
 */
final class EventPrinter {
  private static final int MAX_WAITING_EVENTS = 1_024;

  private final OutputMode output;
  private final EventLines lines;
  private final PrintStream out;
  private final PrintStream err;
  private final Runnable unread;
  private final BlockingQueue<DeviceEvent> events = new ArrayBlockingQueue<>(MAX_WAITING_EVENTS);

  /** The problem that was told last; belongs to the printing thread. */
  private @Nullable DeviceEvent told;

  /**
   * A printer that nothing was told yet.
   *
   * @param unread called when nobody reads the output any more
   */
  EventPrinter(OutputMode output, PrintStream out, PrintStream err, Runnable unread) {
    this.output = output;
    this.out = out;
    this.err = err;
    this.unread = unread;
    this.lines =
        output == OutputMode.JSON ? new EventJson() : new EventText(output == OutputMode.QUIET);
  }

  /** Hands an event over. Any thread. */
  void tell(DeviceEvent event) {
    try {
      events.put(event);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Prints until the end is told.
   *
   * @return the exit status that the end has
   */
  int run() throws InterruptedException {
    while (true) {
      switch (events.take()) {
        case DeviceEvent.End end -> {
          return end.exitStatus();
        }
        case DeviceEvent event -> print(event);
      }
    }
  }

  private void print(DeviceEvent event) {
    if (event instanceof DeviceEvent.Connected) {
      told = null;
    } else if (event instanceof DeviceEvent.Unreachable || event instanceof DeviceEvent.Failed) {
      // Once, not at each attempt; scripts get them all.
      if (event.equals(told) && output != OutputMode.JSON) {
        return;
      }
      told = event;
    }
    write(lines.out(event), out);
    write(lines.err(event), err);
  }

  private void write(String text, PrintStream stream) {
    if (text.isEmpty()) {
      return;
    }
    stream.print(text);
    stream.flush();
    if (stream.checkError()) {
      // As after "| head": there is nobody to tell either.
      unread.run();
    }
  }
}
