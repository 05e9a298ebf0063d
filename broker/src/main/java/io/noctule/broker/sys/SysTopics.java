package io.noctule.broker.sys;

import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.LoopGroup;
import io.noctule.broker.message.Publication;
import io.noctule.broker.retained.RetainedMessages;
import io.noctule.broker.routing.Router;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what the broker counts on topics below {@code $SYS/broker}, retained, under the names
 * that mosquitto gave them, so that what watches mosquitto watches Noctule too. A topic is
 * published when its value has changed, once in an interval.
 *
 * <p>Owned by the first loop; the other loops are asked by a command.
 */
public final class SysTopics {
  private static final Logger LOG = LoggerFactory.getLogger(SysTopics.class);
  private static final String PREFIX = "$SYS/broker/";
  private static final int[] LOAD_MINUTES = {1, 5, 15};
  private static final double NANOS_PER_SECOND = 1e9;
  private static final List<Counter> DROPPED =
      List.of(
          Counter.DROPPED_SLOW_SUBSCRIBER,
          Counter.DROPPED_QUEUE_FULL,
          Counter.DROPPED_PACKET_TOO_LARGE);

  /** What only the broker as a whole knows. */
  public interface Totals {
    /** Sessions, connected or not. */
    int sessions();

    /** Subscriptions of all sessions. */
    int subscriptions();
  }

  /** A count and its averages. */
  private record Load(String name, List<Counter> counters, List<MovingAverage> averages) {
    Load(String name, List<Counter> counters) {
      this(name, counters, IntStream.of(LOAD_MINUTES).mapToObj(MovingAverage::new).toList());
    }

    static Load of(String name, Counter counter) {
      return new Load(name, List.of(counter));
    }
  }

  private final String version;
  private final LoopGroup loops;
  private final BrokerLoop loop;
  private final Router router;
  private final RetainedMessages retained;
  private final Totals totals;
  private final long startNanos;
  private long lastNanos;
  private final Map<String, String> published = new HashMap<>(); // bounded: by the names below
  private volatile int topics;
  private long mostClients;
  private final List<Load> loads =
      List.of(
          Load.of("load/connections", Counter.CLIENTS_ACCEPTED),
          Load.of("load/publish/received", Counter.MESSAGES_RECEIVED),
          Load.of("load/publish/sent", Counter.MESSAGES_SENT),
          new Load("load/publish/dropped", DROPPED),
          Load.of("load/bytes/received", Counter.BYTES_RECEIVED),
          Load.of("load/bytes/sent", Counter.BYTES_SENT));

  /**
   * Topics that are not published yet.
   *
   * @param version of the broker
   * @param loops all loops; the first one publishes
   * @param router of the first loop
   * @param retained where the values are kept for later subscribers
   * @param totals asked on the first loop
   */
  public SysTopics(
      String version, LoopGroup loops, Router router, RetainedMessages retained, Totals totals) {
    this.version = version;
    this.loops = loops;
    this.loop = loops.all().getFirst();
    this.router = router;
    this.retained = retained;
    this.totals = totals;
    this.startNanos = loop.nanos();
    this.lastNanos = startNanos;
  }

  /** Publishes now and then once in an interval. Any thread. */
  public void start(int intervalSeconds) {
    loop.execute(
        () -> {
          collect();
          loop.scheduleEvery(this::collect, intervalSeconds, TimeUnit.SECONDS);
        });
  }

  /** How many of the retained messages are these. Any thread. */
  public int topics() {
    return topics;
  }

  /** Asks each loop in turn for its counts, ending on the first. */
  private void collect() {
    collectFrom(loops.all().size() - 1, new long[Counter.values().length]);
  }

  private void collectFrom(int index, long[] sums) {
    BrokerLoop asked = loops.all().get(index);
    try {
      asked.execute(
          () -> {
            asked.counters().addTo(sums);
            if (index > 0) {
              collectFrom(index - 1, sums);
            } else {
              publishAll(sums);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the broker ends, its topics rest", e);
    }
  }

  private void publishAll(long[] counts) {
    long now = loop.nanos();
    double seconds = Math.max((now - lastNanos) / NANOS_PER_SECOND, 1e-3);
    lastNanos = now;
    long connected = sum(counts, Counter.CLIENTS_ACCEPTED) - sum(counts, Counter.CLIENTS_GONE);
    mostClients = Math.max(mostClients, connected);
    long sessions = Math.max(totals.sessions(), connected);
    publish("version", "noctule version " + version);
    publish("uptime", TimeUnit.NANOSECONDS.toSeconds(now - startNanos) + " seconds");
    publish("clients/connected", connected);
    publish("clients/disconnected", sessions - connected);
    publish("clients/total", sessions);
    publish("clients/maximum", mostClients);
    publish("clients/refused", sum(counts, Counter.CLIENTS_REFUSED));
    publish("subscriptions/count", totals.subscriptions());
    publish("publish/messages/received", sum(counts, Counter.MESSAGES_RECEIVED));
    publish("publish/messages/sent", sum(counts, Counter.MESSAGES_SENT));
    publish("publish/messages/dropped", sum(counts, DROPPED));
    publish("publish/messages/denied", sum(counts, Counter.PUBLISH_DENIED));
    publish("bytes/received", sum(counts, Counter.BYTES_RECEIVED));
    publish("bytes/sent", sum(counts, Counter.BYTES_SENT));
    for (Load load : loads) {
      long count = sum(counts, load.counters);
      for (MovingAverage average : load.averages) {
        publish(
            load.name + "/" + average.minutes() + "min",
            String.format(Locale.ROOT, "%.2f", average.update(count, seconds)));
      }
    }
    publish("retained messages/count", Math.max(0, retained.size() - topics));
    topics = published.size();
  }

  private static long sum(long[] counts, Counter counter) {
    return counts[counter.ordinal()];
  }

  private static long sum(long[] counts, List<Counter> counters) {
    return counters.stream().mapToLong(each -> counts[each.ordinal()]).sum();
  }

  private void publish(String name, long value) {
    publish(name, Long.toString(value));
  }

  private void publish(String name, String value) {
    if (value.equals(published.put(name, value))) {
      return;
    }
    Publication publication =
        Publication.of(
            TopicName.of(PREFIX + name),
            value.getBytes(StandardCharsets.UTF_8),
            QoS.AT_LEAST_ONCE,
            true,
            PublishProperties.NONE,
            null,
            loop.nanos());
    if (!retained.put(publication)) {
      loop.counters().increment(Counter.RETAINED_LIMIT_REACHED);
    }
    router.route(publication);
  }
}
