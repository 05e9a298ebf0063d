package io.noctule.broker.loop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Loops that run only when told, on the test's own thread, with a time that stands still until it
 * is moved on.
 */
public final class ManualLoops {
  private final List<EmbeddedChannel> channels;
  private final List<BrokerLoop> loops;
  private long nowNanos;

  /** Some loops. */
  public ManualLoops(int count) {
    this(IntStream.range(0, count).mapToObj(_ -> new EmbeddedChannel()).toList());
  }

  /** The loops that some channels are registered with: one each, that is Netty's way. */
  public ManualLoops(List<EmbeddedChannel> channels) {
    this.channels = channels;
    channels.forEach(EmbeddedChannel::freezeTime);
    loops = new LoopGroup(groupOf(channels), this::nanos).all();
  }

  /** A group that can do no more than list its loops, which is all that is asked of it. */
  private static EventLoopGroup groupOf(List<EmbeddedChannel> channels) {
    return (EventLoopGroup)
        Proxy.newProxyInstance(
            EventLoopGroup.class.getClassLoader(),
            new Class<?>[] {EventLoopGroup.class},
            (_, method, _) -> {
              if (!method.getName().equals("iterator")) {
                throw new UnsupportedOperationException(method.toString());
              }
              return channels.stream().map(EmbeddedChannel::eventLoop).iterator();
            });
  }

  /** The loops' time. */
  public long nanos() {
    return nowNanos;
  }

  /** All loops. */
  public List<BrokerLoop> all() {
    return loops;
  }

  /** One loop. */
  public BrokerLoop get(int index) {
    return loops.get(index);
  }

  /** Runs what one loop has to do now. */
  public void run(int index) {
    channels.get(index).runPendingTasks();
  }

  /** Runs all loops until none has anything to do. */
  public void run() {
    do {
      channels.forEach(EmbeddedChannel::runPendingTasks);
    } while (channels.stream().anyMatch(EmbeddedChannel::hasPendingTasks));
  }

  /** Moves the time on and runs what is due. */
  public void advance(long time, TimeUnit unit) {
    nowNanos += unit.toNanos(time);
    channels.forEach(channel -> channel.advanceTimeBy(time, unit));
    run();
  }

  /** What a loop has counted. */
  public static long count(BrokerLoop loop, Counter counter) {
    long[] counts = new long[Counter.values().length];
    loop.counters().addTo(counts);
    return counts[counter.ordinal()];
  }
}
