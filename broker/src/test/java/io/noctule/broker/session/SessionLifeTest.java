package io.noctule.broker.session;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;
import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static io.noctule.protocol.packet.QoS.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.BrokerParts;
import io.noctule.broker.TestLimits;
import io.noctule.broker.access.Identity;
import io.noctule.broker.loop.ManualLoops;
import io.noctule.broker.session.RecordingLink.Closed;
import io.noctule.broker.session.RecordingLink.Message;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a session begins, goes from connection to connection, and ends. */
class SessionLifeTest {
  private static final long LONGEST_SECONDS = 1_000;

  private final BrokerParts parts =
      new BrokerParts(
          TestLimits.DEFAULT.sessionExpiry(LONGEST_SECONDS).build(), new ManualLoops(1));
  private final Client client = new Client(parts, "client");
  private final Session session = client.session();

  private void advance(long seconds) {
    parts.loops().advance(seconds, TimeUnit.SECONDS);
  }

  @Test
  void withoutAnExpiryEndsWithItsConnection() {
    client.connect(new RecordingLink(), 0);
    client.subscribe("a", AT_LEAST_ONCE);
    client.subscribe("$share/g/b", AT_LEAST_ONCE);
    assertThat(session.isConnected()).isTrue();
    assertThat(session.isPersistent()).isFalse();
    client.disconnect();

    assertThat(session.isEnded()).isTrue();
    assertThat(session.isConnected()).isFalse();
    assertThat(parts.registry().get("client")).isNull();
    assertThat(parts.tree().size()).isZero();
  }

  @Test
  void outlivesItsConnectionForItsExpiry() {
    client.connect(new RecordingLink(), 10);
    client.subscribe("a", AT_LEAST_ONCE);
    client.disconnect();
    advance(9);
    assertThat(parts.registry().get("client")).isSameAs(session);
    assertThat(parts.tree().size()).isOne();
    advance(1);

    assertThat(session.isEnded()).isTrue();
    assertThat(parts.registry().size()).isZero();
    assertThat(parts.tree().size()).isZero();
  }

  @Test
  void aReconnectStopsTheExpiry() {
    client.connect(new RecordingLink(), 10);
    client.disconnect();
    advance(9);
    client.connect(new RecordingLink(), 10);
    advance(20);
    assertThat(session.isEnded()).isFalse();
    client.disconnect();
    advance(9);
    assertThat(session.isEnded()).isFalse();
    advance(1);

    assertThat(session.isEnded()).isTrue();
  }

  @Test
  void theBrokersLimitOnTheExpiryHolds() {
    client.connect(new RecordingLink(), NEVER_EXPIRES);
    assertThat(session.expirySeconds()).isEqualTo(LONGEST_SECONDS);
    session.expirySeconds(NEVER_EXPIRES);
    assertThat(session.expirySeconds()).isEqualTo(LONGEST_SECONDS);
  }

  @Test
  void aDisconnectMayShortenTheExpiry() {
    client.connect(new RecordingLink(), 100);
    session.expirySeconds(0);
    client.disconnect();

    assertThat(session.isEnded()).isTrue();
  }

  @Test
  void withoutALimitASessionNeverExpires() {
    BrokerParts unlimited = new BrokerParts();
    Client lasting = Client.connected(unlimited);
    lasting.disconnect();
    unlimited.loops().advance(200L * 365, TimeUnit.DAYS);

    assertThat(lasting.session().isEnded()).isFalse();
  }

  /** [MQTT-3.1.4-3]. */
  @Test
  void aNewConnectionTakesOverInOrder() {
    List<String> events = new ArrayList<>();
    RecordingLink former = client.connect(new RecordingLink(), 100);
    client.receives(AT_LEAST_ONCE, "unacknowledged");
    former.takeSent();
    former.onClose(
        () -> {
          events.add("former closed, connected=" + session.isConnected());
          session.onDisconnected(former, null);
        });
    RecordingLink next = new RecordingLink();
    next.onPublish(() -> events.add("sent again"));
    client.connect(next, 100);
    client.receives(AT_MOST_ONCE, "later");

    assertThat(former.takeSent()).containsExactly(new Closed(ReasonCode.SESSION_TAKEN_OVER));
    assertThat(events).startsWith("former closed, connected=true", "sent again");
    assertThat(next.takeSent())
        .containsExactly(
            Message.again("unacknowledged", AT_LEAST_ONCE, 1),
            Message.first("later", AT_MOST_ONCE, 0));
    assertThat(session.isConnected()).isTrue();
  }

  @Test
  void theEndOfAFormerConnectionLeavesTheNewOneAlone() {
    RecordingLink former = client.connect(new RecordingLink(), 0);
    client.connect(new RecordingLink(), 100);
    session.onDisconnected(former, null);

    assertThat(session.isConnected()).isTrue();
    assertThat(session.isEnded()).isFalse();
  }

  @Test
  void anEndedSessionClosesItsConnectionAndTakesNothingMore() {
    client.connect(new RecordingLink(), 100);
    session.end();
    session.end();
    client.receives(AT_LEAST_ONCE, "late");
    client.receives(AT_MOST_ONCE, "late");

    assertThat(client.link().takeSent()).containsExactly(new Closed(ReasonCode.SESSION_TAKEN_OVER));
    assertThat(session.inFlightMessages()).isZero();
    advance(LONGEST_SECONDS);
  }

  @Test
  void anEndedSessionDoesNotRemoveItsSuccessor() {
    client.connect(new RecordingLink(), 100);
    client.disconnect();
    session.end();
    Client successor = new Client(parts, "client");
    session.end();
    advance(200);

    assertThat(parts.registry().get("client")).isSameAs(successor.session());
  }

  @Test
  void subscriptionsAreReplacedAndRemovedByFilter() {
    client.connect(new RecordingLink(), 100);
    client.subscribe("a/+", AT_LEAST_ONCE);
    client.subscribe("a/+", AT_MOST_ONCE);
    assertThat(session.subscriptions().count()).isOne();
    assertThat(session.subscriptions().contains(TopicFilter.of("a/+"))).isTrue();
    assertThat(parts.tree().size()).isOne();

    assertThat(session.subscriptions().remove(TopicFilter.of("a/#"))).isFalse();
    assertThat(session.subscriptions().remove(TopicFilter.of("a/+"))).isTrue();
    assertThat(session.subscriptions().remove(TopicFilter.of("a/+"))).isFalse();
    assertThat(session.subscriptions().count()).isZero();
    assertThat(parts.tree().size()).isZero();
  }

  @Test
  void remembersIncomingQos2MessagesUntilTheirRelease() {
    session.incomingQos2().add(65_535);
    session.incomingQos2().add(1);
    assertThat(session.incomingQos2().count()).isEqualTo(2);
    assertThat(session.incomingQos2().contains(1)).isTrue();
    assertThat(session.incomingQos2().contains(2)).isFalse();

    assertThat(session.incomingQos2().remove(1)).isTrue();
    assertThat(session.incomingQos2().remove(1)).isFalse();
    assertThat(session.incomingQos2().contains(65_535)).isTrue();
    assertThat(session.incomingQos2().count()).isOne();
  }

  @Test
  void theRegistryHasOneSessionAClientAndABound() {
    SessionRegistry registry = new SessionRegistry(1);
    assertThat(registry.isFull()).isFalse();
    assertThat(registry.add(session)).isNull();
    assertThat(registry.add(new Session(Identity.anonymous("client"), parts.sessions(0))))
        .isSameAs(session);

    assertThat(registry.isFull()).isTrue();
    assertThat(registry.all()).containsExactly(session);
  }
}
