package io.noctule.broker;

import io.netty.channel.embedded.EmbeddedChannel;
import io.noctule.broker.access.BrokerTopicsReserved;
import io.noctule.broker.access.OpenAccess;
import io.noctule.broker.connection.ConnectionServices;
import io.noctule.broker.connection.OpenConnections;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.ManualLoops;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.observe.EventLog;
import io.noctule.broker.retained.RetainedMessages;
import io.noctule.broker.routing.Router;
import io.noctule.broker.routing.Subscriber;
import io.noctule.broker.routing.Subscription;
import io.noctule.broker.session.QueueBudget;
import io.noctule.broker.session.SessionRegistry;
import io.noctule.broker.session.SessionServices;
import io.noctule.broker.topic.TopicTree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The parts of a broker, put together as {@link Broker} does, on loops driven by the test. */
public final class BrokerParts {
  // Of all tests, one after another: they need no closing and hold nothing between messages.
  private static final List<FrameCache> FRAMES = List.of(new FrameCache(), new FrameCache());

  private final ManualLoops loops;
  private final Limits limits;
  private final TopicTree<Subscriber, Subscription> tree = new TopicTree<>();
  private final RetainedMessages retained;
  private final SessionRegistry registry;
  private final QueueBudget budget;
  private final List<ConnectionServices> services = new ArrayList<>();

  /** Parts with limits, on some loops. */
  public BrokerParts(Limits limits, ManualLoops loops) {
    this.loops = loops;
    this.limits = limits;
    retained = new RetainedMessages(limits.retainedMessages(), limits.retainedBytes());
    registry = new SessionRegistry(limits.sessions());
    budget = new QueueBudget(limits.totalQueuedBytes());
    loops.all().forEach(loop -> services.add(servicesOf(loop.index())));
  }

  /** Parts with the default limits, on one loop. */
  public BrokerParts() {
    this(TestLimits.DEFAULT.build(), new ManualLoops(1));
  }

  /** Parts on the loop of a channel, which may carry a connection. */
  public static BrokerParts on(EmbeddedChannel channel, Limits limits) {
    return new BrokerParts(limits, new ManualLoops(List.of(channel)));
  }

  private ConnectionServices servicesOf(int index) {
    SessionServices sessions =
        new SessionServices(
            loops.get(index),
            new Router(loops.get(index), tree, owner -> FRAMES.get(owner.index())),
            tree,
            retained,
            registry,
            budget,
            limits,
            new EventLog(loops::nanos));
    return new ConnectionServices(
        sessions,
        FRAMES.get(index),
        new OpenAccess(),
        new BrokerTopicsReserved(),
        new EventLog(loops::nanos),
        new OpenConnections(),
        new AtomicLong());
  }

  /** The loops. */
  public ManualLoops loops() {
    return loops;
  }

  /** All subscriptions. */
  public TopicTree<Subscriber, Subscription> tree() {
    return tree;
  }

  /** The retained messages. */
  public RetainedMessages retained() {
    return retained;
  }

  /** All sessions. */
  public SessionRegistry registry() {
    return registry;
  }

  /** The memory of all queues. */
  public QueueBudget budget() {
    return budget;
  }

  /** What the sessions of a loop work with. */
  public SessionServices sessions(int loop) {
    return services.get(loop).sessions();
  }

  /** What the connections of a loop work with. */
  public ConnectionServices connections(int loop) {
    return services.get(loop);
  }

  /** What all loops have counted. */
  public long count(Counter counter) {
    return loops.all().stream().mapToLong(loop -> ManualLoops.count(loop, counter)).sum();
  }
}
