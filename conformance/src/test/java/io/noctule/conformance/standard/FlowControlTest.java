package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.ConnAck;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import org.junit.jupiter.api.Test;

/** Receive maximum and maximum packet size, each in both directions. */
class FlowControlTest extends BrokerConversation {

  @Test
  @Normative({"MQTT-3.3.4-9", "MQTT-4.9.0-1"})
  void noMoreThanTheClientsReceiveMaximumIsUnderWay() {
    Peer subscriber =
        connect(Version.V5, Connect.as(clientId("narrow")).with(Property.RECEIVE_MAXIMUM, 2));
    subscriber.subscribe(topic("#"), 2);
    Peer publisher = connect(Version.V5, "publisher");
    for (int i = 1; i <= 6; i++) {
      publisher.publish(Publish.of(topic("a"), "" + i).qos(1, i));
    }

    Publish first = subscriber.nextPublish();
    Publish second = subscriber.nextPublish();
    // QoS 0 is not held back by it, and tells that no third one was sent.
    expectNothingElse(subscriber, publisher);
    subscriber.send(Packet.PUBACK, second.packetId());
    assertThat(subscriber.nextPublish().payload()).isEqualTo("3");
    expectNothingElse(subscriber, publisher);
    subscriber.send(Packet.PUBACK, first.packetId());
    assertThat(subscriber.nextPublish().payload()).isEqualTo("4");
    expectNothingElse(subscriber, publisher);
  }

  @Test
  @Normative("MQTT-4.9.0-2")
  void aQos2MessageCountsUntilItsExchangeIsComplete() {
    Peer subscriber =
        connect(Version.V5, Connect.as(clientId("narrow")).with(Property.RECEIVE_MAXIMUM, 1));
    subscriber.subscribe(topic("#"), 2);
    Peer publisher = connect(Version.V5, "publisher");
    publisher.publish(Publish.of(topic("a"), "1").qos(2, 1));
    publisher.publish(Publish.of(topic("a"), "2").qos(2, 2));

    int id = subscriber.nextPublish().packetId();
    subscriber.send(Packet.PUBREC, id);
    subscriber.expect(Packet.PUBREL, id);
    expectNothingElse(subscriber, publisher);
    subscriber.send(Packet.PUBCOMP, id);

    assertThat(subscriber.nextPublish().payload()).isEqualTo("2");
  }

  @Test
  void theReceiveMaximumHoldsForWhatIsSentAgainToo() {
    Connect kept = Connect.as(clientId("narrow")).persistent();
    Peer subscriber = connect(Version.V5, kept);
    subscriber.subscribe(topic("#"), 1);
    Peer publisher = connect(Version.V5, "publisher");
    for (int i = 1; i <= 5; i++) {
      publisher.publish(Publish.of(topic("a"), "" + i).qos(1, i));
      subscriber.nextPublish();
    }
    subscriber.close();

    Peer again = connect(Version.V5, kept.with(Property.RECEIVE_MAXIMUM, 1));

    for (int i = 1; i <= 5; i++) {
      Publish publish = again.nextPublish();
      assertThat(publish.payload()).isEqualTo("" + i);
      again.expectNothingBeforePong();
      again.send(Packet.PUBACK, publish.packetId());
    }
  }

  @Test
  @Normative({"MQTT-3.3.4-7", "MQTT-3.3.4-8"})
  void oneMessageBeyondTheBrokersReceiveMaximumClosesTheConnection() {
    Peer publisher = open(Version.V5);
    ConnAck connAck = publisher.connect(Connect.as(clientId("greedy")));
    int maximum = (int) connAck.value(Property.RECEIVE_MAXIMUM);
    for (int i = 1; i <= maximum; i++) {
      publisher.send(Publish.of(topic("a"), "x").qos(2, i));
      publisher.expect(Packet.PUBREC, i);
    }

    publisher.send(Publish.of(topic("a"), "x").qos(2, maximum + 1));

    publisher.expectClosedFor(0x93);
  }

  @Test
  void aReleasedMessageGivesRoomForAnother() {
    Peer publisher = open(Version.V5);
    int maximum =
        (int) publisher.connect(Connect.as(clientId("busy"))).value(Property.RECEIVE_MAXIMUM);
    for (int i = 1; i <= maximum; i++) {
      publisher.send(Publish.of(topic("a"), "x").qos(2, i));
      publisher.expect(Packet.PUBREC, i);
    }

    publisher.send(Packet.PUBREL, 1);
    publisher.expect(Packet.PUBCOMP, 1);
    publisher.send(Publish.of(topic("a"), "x").qos(2, 1));

    publisher.expect(Packet.PUBREC, 1);
  }

  @Test
  @Normative({"MQTT-3.1.2-24", "MQTT-3.1.2-25"})
  void aMessageTooLargeForTheClientIsLeftOutAndTheNextOneComes() {
    Peer subscriber =
        connect(Version.V5, Connect.as(clientId("small")).with(Property.MAXIMUM_PACKET_SIZE, 60));
    Peer other = connect(Version.V5, "other");
    subscriber.subscribe(topic("#"), 2);
    other.subscribe(topic("#"), 2);
    Peer publisher = connect(Version.V5, "publisher");
    for (int qos = 0; qos <= 2; qos++) {
      publisher.publish(Publish.of(topic("a"), "x".repeat(80)).qos(qos, 1));
    }

    publisher.publish(Publish.of(topic("a"), "fits").qos(1, 2));

    assertThat(subscriber.receive().payload()).isEqualTo("fits");
    for (int qos = 0; qos <= 2; qos++) {
      assertThat(other.receive().payload()).hasSize(80);
    }
  }

  @Test
  @Normative("MQTT-3.1.2-24")
  void aMessageOfJustTheMaximumSizeIsSent() {
    int payload = 50;
    int size = Publish.of(topic("a"), "x".repeat(payload)).encode(Version.V5).length;
    Peer subscriber =
        connect(Version.V5, Connect.as(clientId("just")).with(Property.MAXIMUM_PACKET_SIZE, size));
    subscriber.subscribe(topic("#"), 0);
    Peer publisher = connect(Version.V5, "publisher");

    publisher.publish(Publish.of(topic("a"), "x".repeat(payload + 1)));
    publisher.publish(Publish.of(topic("a"), "x".repeat(payload)));

    assertThat(subscriber.receive().payload()).hasSize(payload);
  }

  @Test
  @Normative({"MQTT-3.1.2-24", "MQTT-3.14.2-3"})
  void aReasonIsLeftOutWhereItWouldMakeThePacketTooLargeForTheClient() {
    Peer old =
        connect(Version.V5, Connect.as(clientId("terse")).with(Property.MAXIMUM_PACKET_SIZE, 24));

    connect(Version.V5, "terse");

    Packet disconnect = old.network().next();
    assertThat(disconnect.type()).isEqualTo(Packet.DISCONNECT);
    assertThat(disconnect.body()[0] & 0xFF).isEqualTo(0x8E);
    assertThat(disconnect.body().length + 2).isLessThanOrEqualTo(24);
  }

  @Test
  void aPacketBeyondTheBrokersMaximumClosesTheConnection() {
    Peer publisher = open(Version.V5);
    long maximum =
        (long) publisher.connect(Connect.as(clientId("large"))).value(Property.MAXIMUM_PACKET_SIZE);
    int remainingLength = Math.toIntExact(maximum) - 5 + 1;

    // Its length says enough; the broker does not wait for its content.
    publisher.network().send(Bytes.of(0x30), Bytes.variable(remainingLength));

    publisher.expectClosedFor(0x95);
  }

  @Test
  void aConnectPacketMayNotBeLarge() {
    Peer stranger = open(Version.V5);

    stranger.network().send(Bytes.of(0x10), Bytes.variable(200_000_000));

    stranger.network().expectClosed();
  }
}
