package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import org.junit.jupiter.api.Test;

/** What MQTT 5 adds to a subscription: no local, subscription identifiers. */
class SubscriptionOptionsTest extends BrokerConversation {
  private static final int NO_LOCAL = 0x04;

  private static Property identifier(int value) {
    return Property.of(Property.SUBSCRIPTION_IDENTIFIER, value);
  }

  @Test
  @Normative("MQTT-3.8.3-3")
  void noLocalKeepsOwnMessagesAwayAndNoOthers() {
    Peer self = connect(Version.V5, "self");
    self.subscribe(topic("#"), NO_LOCAL | 1);
    Peer other = connect(Version.V5, "other");

    self.publish(Publish.of(topic("a"), "own").qos(1, 1));
    other.publish(Publish.of(topic("a"), "other's").qos(1, 1));

    assertThat(self.receive().payload()).isEqualTo("other's");
    expectNothingElse(self, other);
  }

  @EachVersion
  void withoutNoLocalOwnMessagesComeBack(Version version) {
    Peer self = connect(version, "self");
    self.subscribe(topic("a"), 0);

    self.send(Publish.of(topic("a"), "own"));

    assertThat(self.receive().payload()).isEqualTo("own");
  }

  @Test
  @Normative("MQTT-3.8.3-3")
  void noLocalIsAboutTheClientAndNotTheConnection() {
    Connect kept = Connect.as(clientId("self")).persistent();
    Peer before = connect(Version.V5, kept);
    before.subscribe(topic("#"), NO_LOCAL | 1);
    before.publish(Publish.of(topic("a"), "own").qos(1, 1));
    before.disconnect();

    Peer after = connect(Version.V5, kept);
    after.publish(Publish.of(topic("a"), "own too").qos(1, 1));

    expectNothingElse(after, connect(Version.V5, "other"));
  }

  @Test
  @Normative({"MQTT-3.3.4-3", "MQTT-3.3.4-4"})
  void theIdentifiersOfAllThatMatchComeAlong() {
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("a/+"), 1, identifier(1));
    subscriber.subscribe(topic("#"), 1, identifier(268_435_455));
    subscriber.subscribe(topic("a/b"), 1);
    Peer publisher = connect(Version.V5, "publisher");

    publisher.publish(Publish.of(topic("a/b"), "both").qos(1, 1));
    publisher.publish(Publish.of(topic("c"), "one").qos(1, 2));

    assertThat(subscriber.receive().values(Property.SUBSCRIPTION_IDENTIFIER))
        .containsExactlyInAnyOrder(1, 268_435_455);
    assertThat(subscriber.receive().values(Property.SUBSCRIPTION_IDENTIFIER))
        .containsExactly(268_435_455);
  }

  @Test
  @Normative("MQTT-3.3.4-3")
  void retainedAndSharedMessagesHaveTheIdentifierToo() {
    Peer publisher = connect(Version.V5, "publisher");
    publisher.publish(Publish.of(topic("a"), "retained").qos(1, 1).retained());
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("a"), 1, identifier(7));
    assertThat(subscriber.receive().values(Property.SUBSCRIPTION_IDENTIFIER)).containsExactly(7);
    Peer worker = connect(Version.V5, "worker");
    worker.subscribe("$share/g/" + topic("b"), 1, identifier(8));

    publisher.publish(Publish.of(topic("b"), "shared").qos(1, 2));

    assertThat(worker.receive().values(Property.SUBSCRIPTION_IDENTIFIER)).containsExactly(8);
  }

  @Test
  void anIdentifierIsReplacedWithItsSubscription() {
    Peer subscriber = connect(Version.V5, "subscriber");
    Peer publisher = connect(Version.V5, "publisher");
    subscriber.subscribe(topic("a"), 1, identifier(1));
    subscriber.subscribe(topic("a"), 1, identifier(2));
    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1));
    assertThat(subscriber.receive().values(Property.SUBSCRIPTION_IDENTIFIER)).containsExactly(2);

    subscriber.subscribe(topic("a"), 1);
    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1));

    assertThat(subscriber.receive().values(Property.SUBSCRIPTION_IDENTIFIER)).isEmpty();
  }

  @Test
  @Normative("MQTT-3.3.4-6")
  void aClientMayNotSendASubscriptionIdentifier() {
    Peer peer = connect(Version.V5, "peer");

    peer.send(Publish.of(topic("a"), "x").with(Property.SUBSCRIPTION_IDENTIFIER, 1));

    peer.expectClosedFor(0x82);
  }

  @Test
  void anIdentifierOfZeroIsAProtocolError() {
    Peer peer = connect(Version.V5, "peer");

    peer.network().send(peer.subscribePacket(topic("a"), 0, identifier(0)));

    peer.expectClosedFor(0x82);
  }

  @Test
  void anOlderClientNeverSeesIdentifiers() {
    Connect kept = Connect.as(clientId("moving")).persistent();
    Peer before = connect(Version.V5, kept);
    before.subscribe(topic("a"), 1, identifier(9));
    before.disconnect();

    Peer after = connect(Version.V3_1_1, kept);
    connect(Version.V5, "publisher").publish(Publish.of(topic("a"), "x").qos(1, 1));

    assertThat(after.receive().payload()).isEqualTo("x");
  }

  @Test
  void unsubscribeAnswersEachFilterInOrder() {
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.network().send(Bytes.hex("82 08 00 01 00 00 02 78 79 00"));
    subscriber.network().expect("90 04 00 01 00 00");

    subscriber.network().send(Bytes.hex("a2 0a 00 02 00 0001 7a 00 02 78 79"));

    subscriber.network().expect("b0 05 00 02 00 11 00");
  }
}
