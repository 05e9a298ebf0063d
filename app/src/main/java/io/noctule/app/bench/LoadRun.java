package io.noctule.app.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.noctule.app.command.CommandFailure;
import io.noctule.tls.context.ClientTls;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One run: connects all clients, sends through warm-up and measurement, waits until all has
 * arrived, reports. All of it happens on one event loop, which owns the state; other threads use
 * {@link #result} and {@link #progress} alone.
 */
final class LoadRun {
  /** Reads and writes of up to this many bytes go to the socket at once. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 16;

  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 18, 1 << 19);
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** After sending has ended, a run ends when nothing has come for this long. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Messages at a fixed rate are sent in bursts, one a tick. */
  private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private static final long OBSERVE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int SIGNIFICANT_DIGITS = 3;

  private final LoadPlan plan;
  private final String id;
  private final LoadTransport transport;
  private final EventLoop loop;
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final Histogram latencyNanos = new Histogram(LONGEST_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  private final CompletableFuture<LoadReport> result = new CompletableFuture<>();

  private Phase phase = Phase.CONNECTING;
  private int clientsReady;
  private boolean sendScheduled;
  private long startNanos;
  private long received;
  private long lastReceivedNanos;
  private Mark measureStart = new Mark(0, 0, 0, 0);
  private Mark measureEnd = measureStart;

  /** For the eyes of other threads. */
  private volatile Progress progress = new Progress(Phase.CONNECTING, 0, 0);

  /** What a run is at. */
  enum Phase {
    CONNECTING,
    WARMING_UP,
    MEASURING,
    DRAINING,
    ENDED
  }

  /**
   * How far a run is.
   *
   * @param elapsedNanos since sending began
   * @param received deliveries since sending began
   */
  record Progress(Phase phase, long elapsedNanos, long received) {}

  /** The counts at a moment. */
  private record Mark(long nanos, long cpuNanos, long sent, long received) {}

  /**
   * A run that is not started yet.
   *
   * @param id tells the run's topics and clients from those of others
   */
  LoadRun(LoadPlan plan, String id, LoadTransport transport) {
    this.plan = plan;
    this.id = id;
    this.transport = transport;
    loop = transport.group().next();
  }

  /** Begins. The result completes on the event loop. */
  CompletableFuture<LoadReport> start() {
    loop.execute(() -> guarded(this::connectAll));
    return result;
  }

  /** How far the run is, at most 100 ms ago. Any thread. */
  Progress progress() {
    return progress;
  }

  LoadPlan plan() {
    return plan;
  }

  /** A client identifier of at most 23 characters, as MQTT 3.1 had it. */
  String clientId(String label) {
    return "bench-" + id + label.replaceAll("(.)[a-z]+ ", "-$1");
  }

  private void connectAll() {
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.channelFactory())
            .remoteAddress(plan.broker())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(RECEIVE_BUFFER_BYTES))
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    String topics = "bench/" + id + "/";
    boolean one = plan.publishers() == 1;
    for (int i = 0; i < plan.subscribers(); i++) {
      String filter = topics + (plan.shape() == Shape.PAIRS ? i : one ? 0 : "+");
      subscribers.add(new Subscriber(this, i, filter, plan.publishers()));
    }
    for (int i = 0; i < plan.publishers(); i++) {
      publishers.add(new Publisher(this, i, topics + i));
    }
    for (LoadClient client : clients()) {
      bootstrap.clone().handler(handler(client)).connect().addListener(this::connectEnds);
    }
  }

  private ChannelHandler handler(LoadClient client) {
    ClientTls tls = plan.tls();
    if (tls == null) {
      return client;
    }
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        InetSocketAddress broker = plan.broker();
        channel
            .pipeline()
            .addLast(new SslHandler(tls.engine(broker.getHostString(), broker.getPort())), client);
      }
    };
  }

  private List<LoadClient> clients() {
    var clients = new ArrayList<LoadClient>(subscribers);
    clients.addAll(publishers);
    return clients;
  }

  private void connectEnds(Future<? super Void> connect) {
    if (!connect.isSuccess()) {
      fail(
          CommandFailure.noConnection(
              plan.broker().getHostString(), plan.broker().getPort(), connect.cause()));
    }
  }

  /** A client is connected and, where it is a subscriber, subscribed. */
  void clientReady() {
    clientsReady++;
    if (clientsReady == plan.publishers() + plan.subscribers() && phase == Phase.CONNECTING) {
      startNanos = System.nanoTime();
      lastReceivedNanos = startNanos;
      phase = Phase.WARMING_UP;
      after(plan.warmUp().toNanos(), this::startMeasuring);
      observe();
      if (plan.closedLoop()) {
        sendWithinWindows();
      } else {
        sendDue();
      }
    }
  }

  private void startMeasuring() {
    if (phase == Phase.WARMING_UP) {
      phase = Phase.MEASURING;
      latencyNanos.reset();
      measureStart = mark();
      after(plan.measured().toNanos(), this::stopSending);
    }
  }

  private void stopSending() {
    if (phase == Phase.MEASURING) {
      measureEnd = mark();
      phase = Phase.DRAINING;
    }
  }

  private void after(long nanos, Runnable action) {
    var _ = loop.schedule(() -> guarded(action), nanos, TimeUnit.NANOSECONDS);
  }

  /** A task of an event loop has nobody to throw to: what it throws ends the run. */
  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      fail(new CommandFailure("the run failed: " + e, CommandFailure.FAILED, e));
    }
  }

  private Mark mark() {
    return new Mark(
        System.nanoTime(),
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(),
        publishers.stream().mapToLong(Publisher::sent).sum(),
        received);
  }

  private boolean sending() {
    return phase == Phase.WARMING_UP || phase == Phase.MEASURING;
  }

  /** A connection has read what there was; once a turn, the room that this made is filled. */
  void turnEnds() {
    if (plan.closedLoop() && !sendScheduled && sending()) {
      sendScheduled = true;
      loop.execute(() -> guarded(this::sendWithinWindows));
    }
  }

  private void sendWithinWindows() {
    sendScheduled = false;
    if (sending()) {
      for (Publisher publisher : publishers) {
        publisher.sendWithin(plan.window(), plan.deliveriesPerMessage());
      }
    }
  }

  private void sendDue() {
    if (!sending()) {
      return;
    }
    long dueCount = dueCount(System.nanoTime() - startNanos);
    int count = publishers.size();
    for (int i = 0; i < count; i++) {
      // Message k of all is message k / count of publisher k % count.
      int index = i;
      publishers
          .get(i)
          .sendDue((dueCount - i + count - 1) / count, own -> intendedNanos(own * count + index));
    }
    after(TICK_NANOS, this::sendDue);
  }

  private long dueCount(long elapsedNanos) {
    double seconds = (elapsedNanos / TICK_NANOS * TICK_NANOS) / 1e9;
    return (long) (seconds * plan.messagesPerSecond());
  }

  /**
   * The tick at which a message should go out, so that a delay of the generator itself counts as
   * latency too.
   */
  private long intendedNanos(long message) {
    double dueNanos = (message + 1) * 1e9 / plan.messagesPerSecond();
    return startNanos + (long) Math.ceil(dueNanos / TICK_NANOS) * TICK_NANOS;
  }

  /**
   * A subscriber has received a message.
   *
   * @param settled deliveries that this one settles: 1, more where some were jumped over, 0 for one
   *     that came again
   */
  void delivered(int publisher, long settled, long tookNanos) {
    received++;
    publishers.get(publisher).settle(settled);
    if (phase == Phase.MEASURING) {
      latencyNanos.recordValue(Math.clamp(tookNanos, 0, LONGEST_LATENCY_NANOS));
    }
  }

  /** Tells others how far the run is, and finds out when it has ended. */
  private void observe() {
    if (phase == Phase.ENDED) {
      return;
    }
    long nowNanos = System.nanoTime();
    if (received != progress.received()) {
      lastReceivedNanos = nowNanos;
    }
    progress = new Progress(phase, nowNanos - startNanos, received);
    if (phase == Phase.DRAINING && (complete() || nowNanos - lastReceivedNanos > SILENCE_NANOS)) {
      end();
      result.complete(report());
      return;
    }
    after(OBSERVE_NANOS, this::observe);
  }

  private boolean complete() {
    return lost() == 0 && unacknowledged() == 0;
  }

  private long unacknowledged() {
    return publishers.stream().mapToLong(Publisher::unacknowledgedCount).sum();
  }

  private long lost() {
    long lost = 0;
    for (int i = 0; i < subscribers.size(); i++) {
      for (int j = 0; j < publishers.size(); j++) {
        if (plan.shape() != Shape.PAIRS || i == j) {
          lost += subscribers.get(i).check(j).lostOf(publishers.get(j).sent());
        }
      }
    }
    return lost;
  }

  private LoadReport report() {
    double seconds = (measureEnd.nanos() - measureStart.nanos()) / 1e9;
    long duplicated = 0;
    long outOfOrder = 0;
    for (Subscriber subscriber : subscribers) {
      for (int j = 0; j < publishers.size(); j++) {
        duplicated += subscriber.check(j).duplicates();
        outOfOrder += subscriber.check(j).outOfOrder();
      }
    }
    return new LoadReport(
        plan,
        seconds,
        measureEnd.sent() - measureStart.sent(),
        measureEnd.received() - measureStart.received(),
        latencyNanos,
        lost(),
        duplicated,
        outOfOrder,
        unacknowledged(),
        (measureEnd.cpuNanos() - measureStart.cpuNanos()) / 1e9 / seconds);
  }

  /** Ends the run with a failure; of several, the first counts. Event loop only. */
  void fail(CommandFailure failure) {
    if (phase != Phase.ENDED) {
      end();
      result.completeExceptionally(failure);
    }
  }

  private void end() {
    phase = Phase.ENDED;
    clients().forEach(LoadClient::disconnect);
  }
}
