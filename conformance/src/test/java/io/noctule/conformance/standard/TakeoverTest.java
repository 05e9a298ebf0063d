package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.broker.loop.Counter;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two connections with one client identifier, on one event loop or on two. */
class TakeoverTest extends BrokerConversation {
  private static final int SESSION_TAKEN_OVER = 0x8E;

  @EachVersion
  @Normative("MQTT-3.1.4-3")
  void theOldConnectionIsToldAndClosed(Version version) {
    Peer old = connect(version, "same");

    Peer fresh = connect(version, "same");

    old.expectClosedFor(SESSION_TAKEN_OVER);
    fresh.expectNothingBeforePong();
  }

  /** Connections are dealt to the loops in turn, so that many in a row go from any loop to any. */
  @EachVersion
  @Normative({"MQTT-3.1.4-3", "MQTT-3.1.2-5"})
  void aSessionIsHandedOnManyTimesWithAllThatItHas(Version version) {
    Connect kept = Connect.as(clientId("wandering")).persistent();
    Peer publisher = connect(version, "publisher");
    Peer current = connect(version, kept);
    current.subscribe(topic("a"), 1);
    for (int i = 1; i <= 60; i++) {
      publisher.publish(Publish.of(topic("a"), "message " + i).qos(1, i));
      Publish before = current.nextPublish();
      Peer next = connect(version, kept);
      current.expectClosedFor(SESSION_TAKEN_OVER);
      current = next;

      assertThat(current.nextPublish()).isEqualTo(before.again());
      current.send(Packet.PUBACK, before.packetId());
      current.expectNothingBeforePong();
      assertThat(before.payload()).isEqualTo("message " + i);
    }
  }

  @EachVersion
  @Normative("MQTT-3.1.2-4")
  void aCleanStartTakesOverAndFindsNothing(Version version) {
    Peer current = connect(version, Connect.as(clientId("same")).persistent());
    current.subscribe(topic("a"), 1);
    Peer publisher = connect(version, "publisher");
    for (int i = 0; i < 30; i++) {
      publisher.publish(Publish.of(topic("a"), "x").qos(1, 1));
      assertThat(current.nextPublish().payload()).isEqualTo("x");
      Peer next = open(version);
      assertThat(next.connect(Connect.as(clientId("same")).persistent().cleanly()).sessionPresent())
          .isFalse();
      current.expectClosedFor(SESSION_TAKEN_OVER);
      current = next;
      current.subscribe(topic("a"), 1);
      current.expectNothingBeforePong();
    }
  }

  @Test
  void aVersion5ClientIsToldWhenAnOlderVersionTakesOver() {
    Peer old = connect(Version.V5, "same");
    Peer fresh = connect(Version.V3_1_1, "same");

    old.expectClosedFor(SESSION_TAKEN_OVER);
    fresh.expectNothingBeforePong();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Normative({"MQTT-3.1.4-3", "MQTT-3.1.4-5"})
  void aStormOfConnectionsLeavesOneAndLosesNothing(boolean cleanly) throws Exception {
    int storming = 20;
    int rounds = 10;
    int messages = 300;
    String id = clientId("storm");
    Connect kept = Connect.as(id).persistent();
    Peer first = connect(Version.V5, kept);
    first.subscribe(topic("a"), 1);
    Peer publisher = connect(Version.V5, "publisher");
    List<Peer> last = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Peer>> storms = new ArrayList<>();
      for (int i = 0; i < storming; i++) {
        boolean clean = cleanly && i % 2 == 0;
        storms.add(
            threads.submit(() -> connectAgainAndAgain(clean ? kept.cleanly() : kept, rounds)));
      }
      for (int i = 1; i <= messages; i++) {
        publisher.publish(Publish.of(topic("a"), "message " + i).qos(1, i));
      }
      for (Future<Peer> storm : storms) {
        last.add(storm.get(RawClient.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
      }
    }

    // Of all the connections of this client, one is left; beside it the publisher.
    await().until(() -> BROKER.broker().counters().clientsConnected() == 2);
    Peer heir = connect(Version.V5, kept);
    if (!cleanly) {
      for (int i = 1; i <= messages; i++) {
        assertThat(heir.receive().payload()).isEqualTo("message " + i);
      }
    }
    heir.subscribe(topic("end"), 0);
    expectNothingElseBut(heir, publisher, cleanly);
    last.forEach(Peer::close);
    closePeers();
    await()
        .untilAsserted(
            () -> {
              var counters = BROKER.broker().counters();
              assertThat(counters.clientsConnected()).isZero();
              assertThat(counters.count(Counter.CONNECTIONS_CLOSED))
                  .isEqualTo(counters.count(Counter.CONNECTIONS_OPENED));
            });
  }

  private Peer connectAgainAndAgain(Connect connect, int rounds) {
    Peer peer = Peer.over(network(), Version.V5);
    assertThat(peer.connect(connect).reasonCode()).isZero();
    for (int i = 1; i < rounds; i++) {
      Peer next = Peer.over(network(), Version.V5);
      assertThat(next.connect(connect).reasonCode()).isZero();
      peer.close();
      peer = next;
    }
    return peer;
  }

  /** With clean starts in between some messages may have found no session; none may come twice. */
  private void expectNothingElseBut(Peer heir, Peer publisher, boolean someMayBeLeft) {
    publisher.send(Publish.of(topic("end"), "end"));
    List<String> left = new ArrayList<>();
    for (String next = heir.receive().payload();
        !next.equals("end");
        next = heir.receive().payload()) {
      left.add(next);
    }
    assertThat(left).doesNotHaveDuplicates();
    if (!someMayBeLeft) {
      assertThat(left).isEmpty();
    }
  }
}
