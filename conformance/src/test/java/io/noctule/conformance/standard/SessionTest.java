package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SessionTest extends BrokerConversation {

  private boolean isPresent(Version version, Connect connect) {
    Peer peer = open(version);
    boolean present = peer.connect(connect).sessionPresent();
    peer.disconnect();
    return present;
  }

  /** Returns when a session that began now with this expiry has ended, which its will tells. */
  private void awaitExpiryOf(Connect connect) {
    Peer witness = connect(Version.V5, "witness");
    witness.subscribe(topic("expired"), 0);
    Property afterTheSession = Property.of(Property.WILL_DELAY, 3600);
    connect(Version.V5, connect.will(Publish.of(topic("expired"), "x"), afterTheSession)).close();
    witness.receive();
  }

  private Connect expiringAfter(String name, int seconds) {
    return Connect.as(clientId(name)).resuming().with(Property.SESSION_EXPIRY, seconds);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "V3_1")
  @Normative({"MQTT-3.1.2-5", "MQTT-3.1.2-6", "MQTT-3.2.2-3", "MQTT-3.1.2-23"})
  void aKeptSessionIsPresentTheNextTime(Version version) {
    Connect connect = Connect.as(clientId("kept")).persistent();

    assertThat(isPresent(version, connect)).isFalse();
    assertThat(isPresent(version, connect)).isTrue();
    assertThat(isPresent(version, connect)).isTrue();
  }

  @Test
  void connAckOfMqtt31HasNoSessionPresentFlag() {
    Connect connect = Connect.as(clientId("old")).persistent();

    isPresent(Version.V3_1, connect);

    assertThat(isPresent(Version.V3_1, connect)).isFalse();
  }

  @EachVersion
  @Normative({"MQTT-3.1.2-4", "MQTT-3.2.2-2"})
  void aCleanStartDiscardsTheSession(Version version) {
    Connect kept = Connect.as(clientId("cleaned")).persistent();
    Peer before = connect(version, kept);
    before.subscribe(topic("#"), 1);
    before.disconnect();

    Peer clean = open(version);
    assertThat(clean.connect(kept.cleanly()).sessionPresent()).isFalse();
    Peer publisher = connect(version, "publisher");
    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1));
    clean.subscribe(topic("end"), 0);
    expectNothingElse(clean, publisher);
  }

  @EachVersion
  @Normative({"MQTT-3.1.2-23", "MQTT-4.1.0-1"})
  void subscriptionsOutliveTheConnection(Version version) {
    Connect kept = Connect.as(clientId("subscribed")).persistent();
    Peer before = connect(version, kept);
    before.subscribe(topic("a"), 0);
    before.disconnect();

    Peer after = connect(version, kept);
    connect(version, "publisher").publish(Publish.of(topic("a"), "x"));

    assertThat(after.receive().payload()).isEqualTo("x");
  }

  @Test
  void anExpiryIntervalOfZeroEndsTheSessionWithTheConnection() {
    Connect connect = Connect.as(clientId("short")).resuming();

    isPresent(Version.V5, connect);

    assertThat(isPresent(Version.V5, connect)).isFalse();
  }

  @Test
  void aCleanSessionOfMqtt311EndsWithTheConnection() {
    Connect connect = Connect.as(clientId("clean"));

    isPresent(Version.V3_1_1, connect);

    assertThat(isPresent(Version.V3_1_1, connect.resuming())).isFalse();
  }

  @Test
  void cleanStartAndExpiryAreIndependentInMqtt5() {
    Connect connect = Connect.as(clientId("both")).persistent().cleanly();

    isPresent(Version.V5, connect);

    assertThat(isPresent(Version.V5, connect.resuming())).isTrue();
  }

  @Test
  void aSessionExpiresAfterItsInterval() {
    Connect connect = expiringAfter("second", 1);

    awaitExpiryOf(connect);

    assertThat(isPresent(Version.V5, connect)).isFalse();
  }

  @Test
  void aSessionDoesNotExpireWhileItsClientIsBack() {
    Connect connect = expiringAfter("back", 1);
    isPresent(Version.V5, connect);
    Peer back = connect(Version.V5, connect);

    awaitExpiryOf(expiringAfter("clock", 2));

    back.expectNothingBeforePong();
    back.disconnect();
    assertThat(isPresent(Version.V5, connect)).isTrue();
  }

  @Test
  void disconnectShortensTheExpiry() {
    Connect connect = Connect.as(clientId("shortened")).persistent();
    connect(Version.V5, connect).disconnect(0, Property.of(Property.SESSION_EXPIRY, 0));

    assertThat(isPresent(Version.V5, connect)).isFalse();
  }

  @Test
  void disconnectLengthensTheExpiry() {
    Connect connect = expiringAfter("longer", 1);
    connect(Version.V5, connect).disconnect(0, Property.of(Property.SESSION_EXPIRY, 3600));

    awaitExpiryOf(expiringAfter("clock", 2));

    assertThat(isPresent(Version.V5, connect)).isTrue();
  }

  @Test
  @Normative("MQTT-3.14.2-2")
  void disconnectMayNotGiveAnExpiryToASessionWithout() {
    Peer peer = connect(Version.V5, "without");

    peer.network().send(Bytes.hex("e0 07 00 05 11 00000010"));

    peer.expectClosedFor(0x82);
  }

  @Test
  void messagesAtQos0AreNotKeptForAnAbsentClient() {
    Connect kept = Connect.as(clientId("absent")).persistent();
    Peer before = connect(Version.V5, kept);
    before.subscribe(topic("#"), 2);
    before.disconnect();

    Peer publisher = connect(Version.V5, "publisher");
    publisher.publish(Publish.of(topic("a"), "lost"));
    publisher.publish(Publish.of(topic("a"), "kept").qos(1, 1));

    Peer after = connect(Version.V5, kept);
    assertThat(after.receive().payload()).isEqualTo("kept");
    expectNothingElse(after, publisher);
  }

  @Test
  void aSessionOfMqtt311IsTakenUpWithMqtt5() {
    Connect kept = Connect.as(clientId("moving")).persistent();
    Peer before = connect(Version.V3_1_1, kept);
    before.subscribe(topic("a"), 1);
    before.disconnect();
    connect(Version.V5, "publisher")
        .publish(Publish.of(topic("a"), "x").qos(1, 1).with(Property.USER_PROPERTY, "k=v"));

    Peer after = open(Version.V5);
    assertThat(after.connect(kept).sessionPresent()).isTrue();

    assertThat(after.receive().values(Property.USER_PROPERTY)).containsExactly("k=v");
  }
}
