package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the tests of the standard share: a broker for each class, names that no other test uses, and
 * peers that are closed in the end.
 */
abstract class BrokerConversation {
  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  private static final AtomicInteger TESTS = new AtomicInteger();

  private final String scope = "t" + TESTS.incrementAndGet();
  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void closePeers() {
    peers.forEach(Peer::close);
  }

  /** A topic of this test alone. */
  String topic(String name) {
    return scope + "/" + name;
  }

  /** A client identifier of this test alone. */
  String clientId(String name) {
    return scope + name;
  }

  /** The bytes below a peer. */
  RawClient network() {
    return RawClient.open(BROKER.port());
  }

  /** A network connection, nothing sent yet. */
  Peer open(Version version) {
    Peer peer = Peer.over(network(), version);
    peers.add(peer);
    return peer;
  }

  /** A connected client. */
  Peer connect(Version version, Connect connect) {
    Peer peer = open(version);
    assertThat(peer.connect(connect).reasonCode()).isZero();
    return peer;
  }

  /** A connected client that leaves no session behind. */
  Peer connect(Version version, String name) {
    return connect(version, Connect.as(clientId(name)));
  }

  /**
   * Requires that nothing else has been published to a subscriber before this: what the publisher
   * sends last arrives next. The subscriber must match the topic {@code end}.
   */
  void expectNothingElse(Peer subscriber, Peer publisher) {
    publisher.send(Publish.of(topic("end"), "end"));
    assertThat(subscriber.receive().payload()).isEqualTo("end");
  }
}
