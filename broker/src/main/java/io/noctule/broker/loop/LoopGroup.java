package io.noctule.broker.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All loops of a broker. Immutable, any thread. */
public final class LoopGroup {
  private final List<BrokerLoop> loops;
  private final Map<EventLoop, BrokerLoop> byEventLoop = new HashMap<>();

  /** Wraps each loop of a Netty group. */
  public LoopGroup(EventLoopGroup group, Ticker ticker) {
    List<BrokerLoop> all = new ArrayList<>();
    for (EventExecutor executor : group) {
      if (!(executor instanceof EventLoop eventLoop)) {
        throw new IllegalArgumentException("not an event loop: " + executor);
      }
      BrokerLoop loop = new BrokerLoop(all.size(), eventLoop, ticker);
      all.add(loop);
      byEventLoop.put(eventLoop, loop);
    }
    loops = List.copyOf(all);
    loops.forEach(loop -> loop.connect(loops));
  }

  /** All loops in the order of their index. */
  public List<BrokerLoop> all() {
    return loops;
  }

  /** The loop around one of Netty's. */
  public BrokerLoop of(EventLoop eventLoop) {
    BrokerLoop loop = byEventLoop.get(eventLoop);
    if (loop == null) {
      throw new IllegalArgumentException("not a loop of this broker: " + eventLoop);
    }
    return loop;
  }
}
