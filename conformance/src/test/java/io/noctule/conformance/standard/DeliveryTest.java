package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The exchanges of QoS 0, 1 and 2 in both directions, unbroken and broken. */
class DeliveryTest extends BrokerConversation {

  private Peer subscriber(Version version, int qos) {
    Peer subscriber = connect(version, Connect.as(clientId("subscriber")).persistent());
    assertThat(subscriber.subscribe(topic("#"), qos)).isEqualTo(qos);
    return subscriber;
  }

  private Peer subscriberAgain(Version version) {
    return connect(version, Connect.as(clientId("subscriber")).persistent());
  }

  @EachVersion
  @Normative({"MQTT-4.3.1-1", "MQTT-4.3.2-4", "MQTT-4.3.3-8", "MQTT-3.3.4-1"})
  void eachQosIsAcknowledgedInItsOwnWay(Version version) {
    Peer publisher = connect(version, "publisher");

    publisher.send(Publish.of(topic("a"), "0"));
    publisher.expectNothingBeforePong();
    publisher.send(Publish.of(topic("a"), "1").qos(1, 7));
    publisher.expect(Packet.PUBACK, 7);
    publisher.send(Publish.of(topic("a"), "2").qos(2, 8));
    publisher.expect(Packet.PUBREC, 8);
    publisher.send(Packet.PUBREL, 8);
    publisher.expect(Packet.PUBCOMP, 8);
    publisher.expectNothingBeforePong();
  }

  @EachVersion
  @Normative({"MQTT-3.8.4-8", "MQTT-3.3.1-2", "MQTT-2.2.1-4"})
  void aMessageArrivesAtTheLowerOfBothQos(Version version) {
    for (int granted = 0; granted <= 2; granted++) {
      Peer subscriber = connect(version, "subscriber" + granted);
      subscriber.subscribe(topic("q" + granted), granted);
      Peer publisher = connect(version, "publisher" + granted);
      for (int published = 0; published <= 2; published++) {
        publisher.publish(Publish.of(topic("q" + granted), "x").qos(published, published));

        Publish received = subscriber.receive();
        assertThat(received.qos()).isEqualTo(Math.min(granted, published));
        assertThat(received.dup()).isFalse();
        assertThat(received.packetId() == 0).isEqualTo(received.qos() == 0);
      }
    }
  }

  @EachVersion
  @Normative({"MQTT-4.4.0-1", "MQTT-4.6.0-1", "MQTT-3.3.1-1", "MQTT-4.3.2-2"})
  void whatIsNotAcknowledgedComesAgainInOrderWithTheSamePacketIds(Version version) {
    Peer subscriber = subscriber(version, 1);
    Peer publisher = connect(version, "publisher");
    List<Publish> first = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      publisher.publish(Publish.of(topic("a"), "message " + i).qos(1, 1 + i));
      first.add(subscriber.nextPublish());
    }
    // Every third is acknowledged; PINGRESP tells that the broker knows.
    List<Publish> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      if (i % 3 == 0) {
        subscriber.send(Packet.PUBACK, first.get(i).packetId());
      } else {
        open.add(first.get(i));
      }
    }
    subscriber.expectNothingBeforePong();
    subscriber.close();

    Peer again = subscriberAgain(version);

    for (Publish publish : open) {
      assertThat(again.nextPublish()).isEqualTo(publish.again());
    }
    again.expectNothingBeforePong();
  }

  @EachVersion
  @Normative({"MQTT-4.4.0-1", "MQTT-4.3.3-4"})
  void aBrokenQos2ExchangeGoesOnWhereItStood(Version version) {
    Peer subscriber = subscriber(version, 2);
    Peer publisher = connect(version, "publisher");
    publisher.publish(Publish.of(topic("a"), "not received").qos(2, 1));
    Publish unreceived = subscriber.nextPublish();
    publisher.publish(Publish.of(topic("a"), "received").qos(2, 2));
    Publish received = subscriber.nextPublish();
    publisher.publish(Publish.of(topic("a"), "complete").qos(2, 3));
    Publish complete = subscriber.nextPublish();
    subscriber.send(Packet.PUBREC, received.packetId());
    subscriber.expect(Packet.PUBREL, received.packetId());
    subscriber.send(Packet.PUBREC, complete.packetId());
    subscriber.expect(Packet.PUBREL, complete.packetId());
    subscriber.send(Packet.PUBCOMP, complete.packetId());
    subscriber.expectNothingBeforePong();
    subscriber.close();

    Peer again = subscriberAgain(version);

    // In either order: one is the first half of its exchange, the other the second half.
    for (int i = 0; i < 2; i++) {
      Packet packet = again.network().next();
      if (packet.type() == Packet.PUBLISH) {
        assertThat(Publish.read(packet, version)).isEqualTo(unreceived.again());
      } else {
        assertThat(packet.type()).isEqualTo(Packet.PUBREL);
        assertThat(packet.packetId()).isEqualTo(received.packetId());
        again.send(Packet.PUBCOMP, received.packetId());
      }
    }
    again.expectNothingBeforePong();
  }

  @EachVersion
  @Normative({"MQTT-4.3.3-10", "MQTT-4.3.3-12"})
  void aQos2MessageThatIsSentAgainIsRoutedOnce(Version version) {
    Peer witness = connect(version, "witness");
    witness.subscribe(topic("#"), 0);
    Connect kept = Connect.as(clientId("publisher")).persistent();
    Publish message = Publish.of(topic("a"), "once").qos(2, 9);
    Peer publisher = connect(version, kept);
    publisher.send(message);
    publisher.expect(Packet.PUBREC, 9);
    publisher.send(message.again());
    publisher.expect(Packet.PUBREC, 9);
    publisher.close();

    Peer again = connect(version, kept);
    again.send(message.again());
    again.expect(Packet.PUBREC, 9);
    again.send(Packet.PUBREL, 9);
    again.expect(Packet.PUBCOMP, 9);
    again.publish(Publish.of(topic("a"), "another, with the id that is free again").qos(2, 9));

    assertThat(witness.receive().payload()).isEqualTo("once");
    assertThat(witness.receive().payload()).startsWith("another");
    expectNothingElse(witness, again);
  }

  @EachVersion
  @Normative("MQTT-3.3.1-3")
  void theDupFlagOfAPublisherIsNotPassedOn(Version version) {
    Peer subscriber = subscriber(version, 2);

    connect(version, "publisher").publish(Publish.of(topic("a"), "x").qos(1, 5).again());

    assertThat(subscriber.receive().dup()).isFalse();
  }

  @EachVersion
  @Normative({"MQTT-4.6.0-6", "MQTT-4.5.0-1"})
  void messagesStayInOrderAtEachQosAlsoForTheAbsent(Version version) {
    Peer subscriber = subscriber(version, 2);
    Peer publisher = connect(version, "publisher");
    for (int i = 1; i <= 50; i++) {
      publisher.publish(Publish.of(topic("present"), "" + i).qos(i % 3, i));
    }
    for (int i = 1; i <= 50; i++) {
      assertThat(subscriber.receive().payload()).isEqualTo("" + i);
    }
    subscriber.disconnect();
    for (int i = 1; i <= 50; i++) {
      publisher.publish(Publish.of(topic("absent"), "" + i).qos(1 + i % 2, i));
    }

    Peer again = subscriberAgain(version);

    List<String> received = new ArrayList<>();
    List<Integer> toComplete = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      Publish publish = again.nextPublish();
      received.add(publish.payload());
      if (publish.qos() == 2) {
        toComplete.add(publish.packetId());
      } else {
        again.send(Packet.PUBACK, publish.packetId());
      }
    }
    assertThat(received)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).mapToObj(i -> "" + i).toList());
    toComplete.forEach(id -> again.send(Packet.PUBREC, id));
    toComplete.forEach(id -> again.expect(Packet.PUBREL, id)); // [MQTT-4.6.0-4]
  }

  @EachVersion
  void aReleaseOfAnUnknownPacketIdIsCompleted(Version version) {
    Peer peer = connect(version, "peer");

    peer.send(Packet.PUBREL, 1234);

    assertThat(peer.expect(Packet.PUBCOMP, 1234).reasonCode()).isEqualTo(version.isV5() ? 0x92 : 0);
  }

  @EachVersion
  void acknowledgementsOfUnknownPacketIdsDoNoHarm(Version version) {
    Peer peer = connect(version, "peer");

    peer.send(Packet.PUBACK, 77);
    peer.send(Packet.PUBCOMP, 78);
    peer.send(Packet.PUBREC, 79);

    assertThat(peer.expect(Packet.PUBREL, 79).reasonCode()).isEqualTo(version.isV5() ? 0x92 : 0);
    peer.expectNothingBeforePong();
  }

  @Test
  @Normative("MQTT-4.3.3-4")
  void aSubscriberMayRefuseAQos2Message() {
    Peer subscriber = subscriber(Version.V5, 2);
    Peer publisher = connect(Version.V5, "publisher");
    publisher.publish(Publish.of(topic("a"), "unwanted").qos(2, 1));
    int id = subscriber.nextPublish().packetId();

    subscriber.network().send(Bytes.packet(0x50, Bytes.u16(id), Bytes.of(0x97)));

    expectNothingElse(subscriber, publisher);
    subscriber.close();
    subscriberAgain(Version.V5).expectNothingBeforePong();
  }

  @Test
  void aPublisherOfMqtt5IsToldThatNobodySubscribes() {
    Peer publisher = connect(Version.V5, "publisher");

    publisher.send(Publish.of(topic("nobody"), "x").qos(1, 1));
    assertThat(publisher.expect(Packet.PUBACK, 1).reasonCode()).isIn(0, 0x10);
    publisher.send(Publish.of(topic("nobody"), "x").qos(2, 2));
    assertThat(publisher.expect(Packet.PUBREC, 2).reasonCode()).isIn(0, 0x10);
    publisher.send(Packet.PUBREL, 2);
    assertThat(publisher.expect(Packet.PUBCOMP, 2).reasonCode()).isZero();
  }

  @Test
  void moreThanAllPacketIdsAreUsedUpAndUsedAgain() {
    Peer subscriber = connect(Version.V3_1_1, "subscriber");
    subscriber.subscribe(topic("a"), 1);
    Peer publisher = connect(Version.V3_1_1, "publisher");
    byte[] message = Publish.of(topic("a"), "x").qos(1, 1).encode(Version.V3_1_1);
    int batch = 500;
    byte[][] messages = new byte[batch][];
    Arrays.fill(messages, message);
    int expected = 0;
    for (int sent = 0; sent < 66_000; sent += batch) {
      publisher.network().send(messages);
      byte[][] acknowledgements = new byte[batch][];
      for (int i = 0; i < batch; i++) {
        int id = subscriber.nextPublish().packetId();
        expected = expected == 65_535 ? 1 : expected + 1;
        assertThat(id).isEqualTo(expected);
        acknowledgements[i] = Bytes.packet(0x40, Bytes.u16(id));
        publisher.expect(Packet.PUBACK, 1);
      }
      subscriber.network().send(acknowledgements);
    }
  }
}
