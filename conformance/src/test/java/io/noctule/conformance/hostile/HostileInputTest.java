package io.noctule.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.noctule.broker.loop.Counter;
import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.RecordedLog;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A great many hostile clients beside a well-behaved pair, with Netty's leak detector at its
 * strictest: about a minute of it on two cores. Seeded: what the clients send is the same each
 * time, only how they meet is not.
 */
class HostileInputTest {
  private static final int ATTACKERS = 8;
  private static final int FIRST_PACKETS_PER_ATTACKER = 100_000;
  private static final int FURTHER_PACKETS_PER_ATTACKER = 400_000;
  // What the allocator may take more for four times the packets: chunks that it keeps for later.
  private static final long MEMORY_SLACK_BYTES = 32L << 20;
  private static final long SEED = 20_260_101;
  private static final long PATIENCE_MINUTES = 10;

  @RegisterExtension final BrokerUnderTest broker = new BrokerUnderTest();

  @Test
  void theBrokerServesOthersWithoutLossErrorOrLeak() throws Exception {
    RecordedLog leaks = new RecordedLog("io.netty.util.ResourceLeakDetector");
    leaks.start();

    attack(SEED, FIRST_PACKETS_PER_ATTACKER);
    long directBytes = directBytes();
    attack(SEED + ATTACKERS, FURTHER_PACKETS_PER_ATTACKER);

    assertThat(directBytes()).isLessThan(directBytes + MEMORY_SLACK_BYTES);
    assertThat(broker.broker().counters().count(Counter.PROTOCOL_FAULTS)).isPositive();
    broker.broker().close();
    lookForLeaks();
    leaks.stop();
    assertThat(leaks.takeErrors()).as("buffers that were not released").isEmpty();
  }

  private void attack(long seed, int packetsPerAttacker) throws Exception {
    AtomicBoolean attacked = new AtomicBoolean(true);
    try (Peer subscriber = connected("good subscriber");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      subscriber.subscribe("good/#", 2);
      Future<Integer> published = threads.submit(() -> publish(attacked));
      Future<?> received = threads.submit(() -> receiveAll(subscriber));
      List<Future<?>> attacks = new ArrayList<>();
      for (int i = 0; i < ATTACKERS; i++) {
        attacks.add(
            threads.submit(
                new HostileClients(
                    broker.port(), broker.webSocketPort(), seed + i, packetsPerAttacker)));
      }
      for (Future<?> attack : attacks) {
        attack.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      }
      attacked.set(false);
      assertThat(published.get(PATIENCE_MINUTES, TimeUnit.MINUTES)).isPositive();
      received.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
    broker.assertNoErrors();
    theBrokerIsAsGoodAsNew();
  }

  private Peer connected(String name) {
    Peer peer = Peer.open(broker.port(), Version.V5);
    assertThat(peer.connect(Connect.as(name)).reasonCode()).isZero();
    return peer;
  }

  /** Numbers its messages, at each QoS in turn, until the attack is over. */
  private int publish(AtomicBoolean attacked) {
    try (Peer publisher = connected("good publisher")) {
      int number = 0;
      while (attacked.get()) {
        publisher.publish(
            Publish.of("good/news", Integer.toString(number))
                .qos(1 + number % 2, 1 + number % 100));
        number++;
      }
      publisher.publish(Publish.of("good/news", "end").qos(1, 1));
      return number;
    }
  }

  private static void receiveAll(Peer subscriber) {
    int expected = 0;
    for (String next = subscriber.receive().payload();
        !next.equals("end");
        next = subscriber.receive().payload()) {
      assertThat(next).isEqualTo(Integer.toString(expected));
      expected++;
    }
  }

  private void theBrokerIsAsGoodAsNew() {
    await()
        .atMost(Duration.ofMillis(RawClient.PATIENCE_MILLIS))
        .untilAsserted(
            () -> {
              var counters = broker.broker().counters();
              assertThat(counters.clientsConnected()).isZero();
              assertThat(counters.count(Counter.CONNECTIONS_CLOSED))
                  .isEqualTo(counters.count(Counter.CONNECTIONS_OPENED));
            });
    try (Peer peer = connected("afterwards")) {
      peer.subscribe("after", 1);
      peer.send(Publish.of("after", "alive").qos(1, 1));
      assertThat(List.of(peer.network().next().type(), peer.network().next().type()))
          .containsExactlyInAnyOrder(Packet.PUBACK, Packet.PUBLISH);
    }
  }

  private static long directBytes() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  /** The detector reports what the garbage collector has found whenever a buffer is allocated. */
  private static void lookForLeaks() {
    System.gc();
    for (int i = 0; i < 1000; i++) {
      ByteBufAllocator.DEFAULT.directBuffer(64).release();
    }
  }
}
