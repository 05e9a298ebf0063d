package io.noctule.broker.observe;

import io.noctule.broker.loop.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that answer "why?": refusals, faults, drops. Any thread.
 *
 * <p>Bound: {@value #EVENTS_PER_SECOND} lines a second, so that a flood of bad clients does not
 * become a flood of log; what is left out is counted and told with the next line.
 */
public final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.noctule.broker.events");
  private static final int EVENTS_PER_SECOND = 20;

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong leftOut = new AtomicLong();
  private long secondStartNanos;
  private int inThisSecond;

  /** A log that counts its seconds by a ticker. */
  public EventLog(Ticker ticker) {
    this.ticker = ticker;
    this.secondStartNanos = ticker.nanos();
  }

  /** Something that an operator should look at. */
  public void warn(String event) {
    if (mayLog()) {
      LOG.warn("{}{}", printable(event), leftOutSuffix());
    }
  }

  /** Something that belongs to normal life. */
  public void info(String event) {
    if (LOG.isInfoEnabled() && mayLog()) {
      LOG.info("{}{}", printable(event), leftOutSuffix());
    }
  }

  private boolean mayLog() {
    lock.lock();
    try {
      long now = ticker.nanos();
      if (now - secondStartNanos >= TimeUnit.SECONDS.toNanos(1)) {
        secondStartNanos = now;
        inThisSecond = 0;
      }
      if (inThisSecond < EVENTS_PER_SECOND) {
        inThisSecond++;
        return true;
      }
      leftOut.incrementAndGet();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private String leftOutSuffix() {
    long count = leftOut.getAndSet(0);
    return count == 0 ? "" : " (" + count + " events before were left out)";
  }

  /**
   * Client ids, topics and user names come from strangers: nothing of them may forge or break a
   * line.
   */
  private static String printable(String event) {
    StringBuilder text = null;
    for (int i = 0; i < event.length(); i++) {
      char c = event.charAt(i);
      if (mayForge(event, i)) {
        if (text == null) {
          text = new StringBuilder(event.length() + 16).append(event, 0, i);
        }
        text.append("\\u").append(String.format("%04x", (int) c));
      } else if (text != null) {
        text.append(c);
      }
    }
    return text == null ? event : text.toString();
  }

  private static boolean mayForge(String event, int index) {
    boolean isSecondHalf =
        Character.isLowSurrogate(event.charAt(index))
            && index > 0
            && Character.isHighSurrogate(event.charAt(index - 1));
    int codePoint = event.codePointAt(isSecondHalf ? index - 1 : index);
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
