package io.noctule.history.record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator when a limit leaves something out: at once the first time, then at most every
 * ten minutes. Owned by the writer.
 */
final class LimitNotices {
  private static final Logger LOG = LoggerFactory.getLogger(LimitNotices.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final Map<String, LongAdder> watched = new TreeMap<>();
  private final Map<String, Long> told = new TreeMap<>();
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  LimitNotices(Counters counters, InstantSource clock) {
    this.clock = clock;
    watched.put(
        "readings left out, since a message or device has too many, or names too long",
        counters.readingsOverLimit);
    watched.put(
        "messages filed under other devices, since there are too many", counters.messagesOverLimit);
    watched.put(
        "payloads too long to be kept, of which only the size is", counters.payloadsOverLimit);
    watched.put(
        "messages at QoS 0 dropped, since more wait for the database than fit into memory",
        counters.dropped);
    watched.put(
        "messages stored at the time of arrival, since their own is none or not plausible",
        counters.implausibleTimes);
  }

  void tell() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    watched.forEach(
        (text, counter) -> {
          long sum = counter.sum();
          if (sum > told.getOrDefault(text, 0L)) {
            told.put(text, sum);
            next = now.plus(INTERVAL);
            LOG.warn("history: {} {} (docs/history.md, limits)", sum, text);
          }
        });
  }
}
