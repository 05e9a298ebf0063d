package io.noctule.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.noctule.broker.loop.Ticker;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A message crosses at most eight classes of the broker and two handoffs between threads from
 * socket to socket: the structure that makes it fast, so a further layer has to argue with this
 * test.
 *
 * <p>The broker asks for the time of a message that expires where it comes in and again where it
 * goes out: there the test's ticker looks at the stack.
 */
class WayOfAMessageTest {
  private static final String FIRST = "MqttChannelHandler";
  private static final String RECEIVER = "PublishReceiver";
  private static final String LAST_THAT_ASKS = "Outbound";
  // The last class of the way, OutboundBuffer, asks for no time: seven and it are eight.
  private static final int CLASSES_THAT_ASK = 7;
  // A message that will be acknowledged passes the window besides.
  private static final int CLASSES_THAT_ASK_WITH_WINDOW = CLASSES_THAT_ASK + 1;
  private static final int CONNECTIONS_UNTIL_LOOPS_DIFFER = 32;

  /**
   * Where the broker asked for the time.
   *
   * @param thread on which
   * @param frames the broker's own, the innermost first, those of its loops left out
   * @param outermost the broker's frame that Netty called
   */
  private record Moment(Thread thread, List<String> frames, String outermost) {
    boolean isIn(String type) {
      return frames.contains(type);
    }

    Set<String> classes() {
      return new LinkedHashSet<>(frames.reversed());
    }
  }

  /** Looks at the stack whenever it is asked for the time. */
  private static final class StackRecorder implements Ticker {
    private static final String BROKER = "io.noctule.broker";
    private static final String LOOP = BROKER + ".loop";

    private final StackWalker walker =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private final Queue<Moment> moments = new ConcurrentLinkedQueue<>();

    @Override
    public long nanos() {
      List<Class<?>> classes = walker.walk(StackRecorder::ofTheBroker);
      if (!classes.isEmpty()) {
        moments.add(
            new Moment(
                Thread.currentThread(),
                classes.stream()
                    .filter(type -> !type.getPackageName().equals(LOOP))
                    .map(Class::getSimpleName)
                    .toList(),
                classes.getLast().getSimpleName()));
      }
      return System.nanoTime();
    }

    private static List<Class<?>> ofTheBroker(Stream<StackFrame> frames) {
      List<Class<?>> classes = new ArrayList<>();
      frames
          .map(StackFrame::getDeclaringClass)
          .<Class<?>>map(Class::getNestHost)
          .filter(type -> type.getPackageName().startsWith(BROKER))
          .filter(type -> type != WayOfAMessageTest.class)
          .forEach(classes::add);
      return classes;
    }

    /** What one message showed. */
    List<Moment> momentsOf(Exchange exchange) throws IOException {
      moments.clear();
      exchange.run();
      return List.copyOf(moments);
    }
  }

  private interface Exchange {
    void run() throws IOException;
  }

  private final StackRecorder recorder = new StackRecorder();

  private Broker start(int loops) throws IOException {
    return Broker.start(
        BrokerConfig.builder().host("127.0.0.1").port(0).loops(loops).ticker(recorder).build());
  }

  private List<Moment> way(SocketClient publisher, SocketClient subscriber, QoS qos)
      throws IOException {
    return recorder.momentsOf(
        () -> {
          publisher.send(
              new Publish(
                  TopicName.of("topic"),
                  Publish.NO_ALIAS,
                  qos,
                  false,
                  false,
                  qos == QoS.AT_MOST_ONCE ? 0 : 1,
                  Messages.expiry(60),
                  Unpooled.wrappedBuffer(new byte[] {1})));
          subscriber.next(Publish.class);
        });
  }

  private static List<Moment> sending(List<Moment> moments) {
    return moments.stream().filter(moment -> moment.isIn(LAST_THAT_ASKS)).toList();
  }

  private static List<Moment> receiving(List<Moment> moments) {
    return moments.stream().filter(moment -> moment.isIn(RECEIVER)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "AT_MOST_ONCE, " + CLASSES_THAT_ASK,
    "AT_LEAST_ONCE, " + CLASSES_THAT_ASK_WITH_WINDOW,
    "EXACTLY_ONCE, " + CLASSES_THAT_ASK_WITH_WINDOW
  })
  void onOneLoopThereIsNoHandoff(QoS qos, int classes) throws IOException {
    try (Broker broker = start(1);
        SocketClient subscriber = new SocketClient(broker.mqttPort(), "subscriber");
        SocketClient publisher = new SocketClient(broker.mqttPort(), "publisher")) {
      subscriber.subscribe("topic", qos);
      List<Moment> moments = way(publisher, subscriber, qos);

      assertThat(moments).extracting(Moment::thread).containsOnly(moments.getFirst().thread());
      assertThat(sending(moments))
          .isNotEmpty()
          .allSatisfy(
              moment -> {
                assertThat(moment.outermost()).as("called by the network").isEqualTo(FIRST);
                assertThat(moment.classes())
                    .as("classes that a message crosses before OutboundBuffer")
                    .contains(FIRST, RECEIVER, LAST_THAT_ASKS)
                    .hasSizeLessThanOrEqualTo(classes);
              });
    }
  }

  @Test
  void betweenTwoLoopsThereIsOneHandoff() throws IOException {
    try (Broker broker = start(2);
        SocketClient subscriber = new SocketClient(broker.mqttPort(), "subscriber")) {
      subscriber.subscribe("topic", QoS.AT_MOST_ONCE);
      List<Moment> moments = wayBetweenLoops(broker, subscriber);
      Moment received = receiving(moments).getFirst();
      Moment sent = sending(moments).getFirst();

      assertThat(moments).extracting(Moment::thread).containsOnly(received.thread(), sent.thread());
      assertThat(received.outermost()).isEqualTo(FIRST);
      assertThat(sent.outermost()).as("handed over by the loop").isEqualTo("Outbox");
      Set<String> classes = new LinkedHashSet<>(received.classes());
      classes.addAll(sent.classes());
      assertThat(classes)
          .as("classes that a message crosses before OutboundBuffer")
          .hasSizeLessThanOrEqualTo(CLASSES_THAT_ASK);
    }
  }

  /** The loop of a connection is Netty's choice: connects until publisher and subscriber differ. */
  private List<Moment> wayBetweenLoops(Broker broker, SocketClient subscriber) throws IOException {
    for (int i = 0; i < CONNECTIONS_UNTIL_LOOPS_DIFFER; i++) {
      try (SocketClient publisher = new SocketClient(broker.mqttPort(), "publisher" + i)) {
        List<Moment> moments = way(publisher, subscriber, QoS.AT_MOST_ONCE);
        if (receiving(moments).getFirst().thread() != sending(moments).getFirst().thread()) {
          return moments;
        }
      }
    }
    throw new AssertionError("all connections are on one loop");
  }
}
