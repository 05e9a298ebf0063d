package io.noctule.app.demo;

import io.noctule.app.command.CommandContext;
import io.noctule.device.Message;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Shows messages as they arrive, in a form that fits a terminal of 80 columns, and counts them. Any
 * thread.
 */
final class MessageBoard {
  private static final int COLUMNS = 80;
  private static final int INDENT = 14;
  private static final int TOPIC_WIDTH = 32;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Messages on their way; bounded because more than this are not remembered, and then have no
   * latency.
   */
  private static final int REMEMBERED = 1000;

  private final PrintStream out;
  private final boolean colored;
  private final Clock clock;
  private final Map<String, Long> sentNanos = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  // Guarded by the lock.
  private final Histogram latencyNanos = new Histogram(3);
  private long received;

  MessageBoard(CommandContext context, Clock clock) {
    this.out = context.out();
    this.colored = context.colored();
    this.clock = clock;
  }

  /** Takes note that one of our devices is about to publish. */
  void sending(String topic, byte[] payload) {
    if (sentNanos.size() < REMEMBERED) {
      sentNanos.put(key(topic, payload), System.nanoTime());
    }
  }

  /**
   * Shows a message that has come. One from outside has no latency: nobody knows when it was sent.
   */
  void received(Message message) {
    long nowNanos = System.nanoTime();
    Long start = sentNanos.remove(key(message.topic(), message.payload()));
    lock.lock();
    try {
      received++;
      arrived.signalAll();
      if (start != null) {
        latencyNanos.recordValue(Math.max(0, nowNanos - start));
      }
      out.print(text(message, start == null ? null : nowNanos - start));
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private static String key(String topic, byte[] payload) {
    return topic + '\n' + new String(payload, StandardCharsets.ISO_8859_1);
  }

  private String text(Message message, @Nullable Long tookNanos) {
    var text = new StringBuilder();
    text.append(styled("2", TIME.format(LocalTime.now(clock))))
        .append("  ")
        .append(styled("36", ("%-" + TOPIC_WIDTH + "s").formatted(message.topic())))
        .append("  QoS ")
        .append(message.qos())
        .append("  ")
        .append(
            tookNanos == null
                ? styled("2", "from others")
                : styled("32", "%8.2f ms".formatted(tookNanos / NANOS_PER_MILLI)))
        .append(message.retained() ? "  retained" : "")
        .append('\n');
    for (String line : wrapped(message.display())) {
      text.append(" ".repeat(INDENT)).append(line).append('\n');
    }
    return text.toString();
  }

  private String styled(String style, String text) {
    return colored ? "\033[%sm%s\033[0m".formatted(style, text) : text;
  }

  /** Lines that fit, cut behind a comma where there is one late enough. */
  static List<String> wrapped(String text) {
    int width = COLUMNS - INDENT;
    var lines = new ArrayList<String>();
    for (String line : text.split("\n", -1)) {
      String rest = line;
      while (rest.length() > width) {
        int comma = rest.lastIndexOf(',', width - 1);
        int cut = comma > width / 2 ? comma + 1 : width;
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut);
      }
      lines.add(rest);
    }
    return lines;
  }

  /**
   * Waits until all that our devices have published has come.
   *
   * @return false where some has not come in time
   */
  boolean awaitAll(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long nanosLeft = limit.toNanos();
      while (!sentNanos.isEmpty() && nanosLeft > 0) {
        nanosLeft = arrived.awaitNanos(nanosLeft);
      }
      return sentNanos.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How many messages have come. */
  long received() {
    lock.lock();
    try {
      return received;
    } finally {
      lock.unlock();
    }
  }

  /** All of it in a line. */
  String summary(double seconds) {
    lock.lock();
    try {
      String latency =
          latencyNanos.getTotalCount() == 0
              ? ""
              : ", median latency %.2f ms"
                  .formatted(latencyNanos.getValueAtPercentile(50) / NANOS_PER_MILLI);
      return "%d messages in %.1f s%s".formatted(received, seconds, latency);
    } finally {
      lock.unlock();
    }
  }
}
