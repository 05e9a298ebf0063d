package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.ConnAck;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest extends BrokerConversation {

  @EachVersion
  @Normative({"MQTT-3.1.4-5", "MQTT-3.2.0-1", "MQTT-3.2.2-2"})
  void theFirstAnswerIsConnAckWithoutASessionPresent(Version version) {
    ConnAck connAck = open(version).connect(Connect.as(clientId("fresh")));

    assertThat(connAck.flags()).isZero();
    assertThat(connAck.reasonCode()).isZero();
  }

  @Test
  @Normative({"MQTT-3.1.3-6", "MQTT-3.1.3-7", "MQTT-3.2.2-16"})
  void aClientWithoutIdentifierIsGivenOneOfItsOwn() {
    Object first =
        open(Version.V5).connect(Connect.as("")).value(Property.ASSIGNED_CLIENT_IDENTIFIER);
    Object second =
        open(Version.V5).connect(Connect.as("")).value(Property.ASSIGNED_CLIENT_IDENTIFIER);

    assertThat(first.toString()).isNotEmpty().isNotEqualTo(second);
  }

  @Test
  @Normative("MQTT-3.1.3-7")
  void aClientCanComeBackByTheIdentifierThatItWasGiven() {
    Peer before = open(Version.V5);
    Object assigned =
        before.connect(Connect.as("").persistent()).value(Property.ASSIGNED_CLIENT_IDENTIFIER);
    before.disconnect();

    assertThat(open(Version.V5).connect(Connect.as(assigned.toString()).persistent()))
        .matches(ConnAck::sessionPresent)
        .matches(connAck -> !connAck.has(Property.ASSIGNED_CLIENT_IDENTIFIER));
  }

  @Test
  @Normative("MQTT-3.1.3-6")
  void twoClientsWithoutIdentifierDoNotMeetBeforeMqtt5() {
    Peer first = connect(Version.V3_1_1, Connect.as(""));
    connect(Version.V3_1_1, Connect.as(""));

    first.expectNothingBeforePong();
  }

  @Test
  @Normative("MQTT-3.1.3-8")
  void aSessionToBeKeptNeedsAnIdentifierInMqtt311() {
    Peer peer = open(Version.V3_1_1);

    assertThat(peer.connect(Connect.as("").resuming()).reasonCode()).isEqualTo(2);
    peer.network().expectClosed();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 23, 24, 1000, 65_535})
  @Normative("MQTT-3.1.3-5")
  void identifiersOfAnyLengthAreTaken(int length) {
    assertThat(open(Version.V3_1_1).connect(Connect.as("i".repeat(length))).reasonCode()).isZero();
  }

  @Test
  @Normative("MQTT-3.1.3-4")
  void identifiersAreAnyUtf8() {
    assertThat(open(Version.V3_1_1).connect(Connect.as("Fledermäuse 🦇/+#$ \uFEFF")).reasonCode())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 6, 127, 255})
  @Normative("MQTT-3.1.2-2")
  void anUnknownVersionIsRefusedInWordsThatOldClientsUnderstand(int level) {
    RawClient client = open(Version.V3_1_1).network();

    client.send(
        Bytes.packet(0x10, Bytes.string("MQTT"), Bytes.of(level, 2, 0, 60), Bytes.string("x")));

    client.expect("20 02 00 01");
    client.expectClosed();
  }

  @Test
  @Normative("MQTT-3.1.2-1")
  void anotherProtocolsNameClosesTheConnection() {
    RawClient client = open(Version.V3_1_1).network();

    client.send(Bytes.packet(0x10, Bytes.string("AMQP"), Bytes.of(4, 2, 0, 60), Bytes.string("x")));

    client.expectClosed();
  }

  @EachVersion
  @Normative("MQTT-3.1.0-1")
  void aPacketBeforeConnectClosesTheConnection(Version version) {
    Peer peer = open(version);

    peer.send(Publish.of(topic("early"), "x"));

    peer.network().expectClosed();
  }

  @EachVersion
  @Normative("MQTT-3.1.0-2")
  void aSecondConnectClosesTheConnection(Version version) {
    Peer peer = connect(version, "twice");

    peer.network().send(Connect.as(clientId("twice")).encode(version));

    peer.expectClosedFor(0x82);
  }

  @Test
  @Normative("MQTT-3.1.4-6")
  void nothingBehindARefusedConnectIsProcessed() {
    Peer witness = connect(Version.V5, "witness");
    witness.subscribe(topic("#"), 0);
    Peer refused = open(Version.V3_1_1);

    refused
        .network()
        .send(
            Connect.as("").resuming().encode(Version.V3_1_1),
            Publish.of(topic("smuggled"), "x").encode(Version.V3_1_1));

    refused.network().expect("20 02 00 02");
    refused.network().expectClosed();
    expectNothingElse(witness, connect(Version.V5, "other"));
  }

  @Test
  void anUnknownAuthenticationMethodIsRefused() {
    ConnAck connAck = open(Version.V5).connect(Connect.as(clientId("auth")).with(0x15, "SCRAM"));

    assertThat(connAck.reasonCode()).isEqualTo(0x8C);
  }

  @Test
  @Normative("MQTT-4.12.0-6")
  void authWithoutAMethodInConnectIsAProtocolError() {
    Peer peer = connect(Version.V5, "auth");

    peer.network().send(Bytes.of(0xF0, 0));

    peer.expectClosedFor(0x82);
  }

  @EachVersion
  @Normative("MQTT-3.12.4-1")
  void pingIsAnswered(Version version) {
    Peer peer = connect(version, "ping");

    peer.network().send(Bytes.hex("c000 c000"));

    peer.network().expect("d0 00");
    peer.network().expect("d0 00");
  }

  @EachVersion
  @Normative("MQTT-3.14.4-1")
  void disconnectClosesAndNothingBehindItIsProcessed(Version version) {
    Peer witness = connect(version, "witness");
    witness.subscribe(topic("#"), 0);
    Peer leaving = connect(version, "leaving");

    leaving.network().send(Bytes.of(0xE0, 0), Publish.of(topic("late"), "x").encode(version));

    leaving.network().expectClosed();
    expectNothingElse(witness, connect(version, "other"));
  }

  @Test
  void connAckTellsTheBrokersLimits() {
    ConnAck connAck = open(Version.V5).connect(Connect.as(clientId("limits")));

    assertThat((int) connAck.value(Property.RECEIVE_MAXIMUM)).isPositive();
    assertThat((long) connAck.value(Property.MAXIMUM_PACKET_SIZE)).isPositive();
    assertThat((int) connAck.value(Property.TOPIC_ALIAS_MAXIMUM)).isPositive();
  }
}
