package io.noctule.app.client;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what of the messages is printed, and prints it. Of one thread. */
final class Printer {
  private static final String NO_PAYLOAD = "(null)";

  private final PrintStream out;
  private final PrintStream err;
  private final @Nullable MessageFormat format;
  private final boolean verbose;
  private final boolean endOfLine;
  private final Selection selection;

  /** 0: no end. */
  private final long count;

  private long printed;

  /**
   * Which messages are printed.
   *
   * @param hidden topic filters, by their levels, of what is not
   * @param withoutRetained whether retained ones are not
   * @param retainedOnly whether others than retained ones are not, and end the printing
   * @param removeRetained whether retained ones are to be removed from the broker
   */
  record Selection(
      List<List<String>> hidden,
      boolean withoutRetained,
      boolean retainedOnly,
      boolean removeRetained) {}

  /** What is to be done after a message. */
  enum Next {
    GO_ON,
    /** Have the broker forget the message, and go on. */
    REMOVE,
    /**
     * The last message to be printed was this one; where it is retained, it is to be removed as
     * well.
     */
    REMOVE_AND_END,
    END
  }

  Printer(
      PrintStream out,
      PrintStream err,
      @Nullable MessageFormat format,
      boolean verbose,
      boolean endOfLine,
      Selection selection,
      long count) {
    this.out = out;
    this.err = err;
    this.format = format;
    this.verbose = verbose;
    this.endOfLine = endOfLine;
    this.selection = selection;
    this.count = count;
  }

  Next take(ReceivedMessage message) {
    if (selection.retainedOnly() && !message.retain()) {
      return Next.END;
    }
    if ((selection.withoutRetained() && message.retain())
        || selection.hidden().stream()
            .anyMatch(filter -> TopicMatch.matches(filter, message.topic()))) {
      return Next.GO_ON;
    }
    print(message);
    printed++;
    boolean remove = selection.removeRetained() && message.retain();
    return printed == count
        ? remove ? Next.REMOVE_AND_END : Next.END
        : remove ? Next.REMOVE : Next.GO_ON;
  }

  private void print(ReceivedMessage message) {
    byte[] payload = message.payload();
    if (format != null) {
      format.write(message, out, err);
    } else if (payload.length == 0 && !(verbose && endOfLine)) {
      // As mosquitto_sub: where payloads are printed one behind the other, nothing is said of none.
      return;
    } else if (verbose) {
      out.print(message.topic());
      out.print(' ');
      if (payload.length == 0) {
        out.print(NO_PAYLOAD);
      }
      out.write(payload, 0, payload.length);
    } else {
      out.write(payload, 0, payload.length);
    }
    if (endOfLine) {
      out.write('\n');
    }
  }
}
