package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topic names and filters: what matches, what does not. */
class TopicsTest extends BrokerConversation {

  @ParameterizedTest
  @CsvSource({
    "sport/tennis/+, sport/tennis/player1, true",
    "sport/tennis/+, sport/tennis/player1/ranking, false",
    "sport/tennis/+, sport/tennis/, true",
    "sport/+, sport, false",
    "sport/+, sport/, true",
    "sport/#, sport, true",
    "sport/#, sport/, true",
    "sport/#, sport/tennis/player1/ranking, true",
    "sport/#, sports, false",
    "+/+, /finance, true",
    "/+, /finance, true",
    "+, /finance, false",
    "#, /finance, true",
    "+/tennis/#, sport/tennis, true",
    "+/tennis/#, sport/tennis/a/b, true",
    "sport/+/player1, sport/tennis/player1, true",
    "sport/+/player1, sport//player1, true",
    "ACCOUNTS, Accounts, false",
    "a//b, a//b, true",
    "a//b, a/b, false",
    "a b/ü, a b/ü, true",
    "$own/#, $own/a, true",
    "$own/+, $own/a, true",
    "#, $own/a, false",
    "+/a, $own/a, false",
    "+/#, $own/a, false"
  })
  @Normative({"MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.7.2-1", "MQTT-4.7.3-4"})
  void filtersMatchAsTheStandardSays(String filter, String topic, boolean matches) {
    Peer subscriber = connect(Version.V3_1_1, "subscriber");
    subscriber.subscribe(filter, 0);
    subscriber.subscribe(topic("end"), 0);
    Peer publisher = connect(Version.V3_1_1, "publisher");

    publisher.publish(Publish.of(topic, "x"));

    if (matches) {
      assertThat(subscriber.receive().topic()).isEqualTo(topic);
    }
    expectNothingElse(subscriber, publisher);
  }

  @EachVersion
  @Normative({"MQTT-3.3.4-2", "MQTT-3.3.4-4"})
  void overlappingSubscriptionsGiveOneCopyAtTheHighestQos(Version version) {
    Peer subscriber = connect(version, "subscriber");
    subscriber.subscribe(topic("#"), 1);
    subscriber.subscribe(topic("a/+"), 2);
    subscriber.subscribe(topic("a/b"), 0);
    Peer publisher = connect(version, "publisher");

    publisher.publish(Publish.of(topic("a/b"), "x").qos(2, 1));

    assertThat(subscriber.receive().qos()).isEqualTo(2);
    expectNothingElse(subscriber, publisher);
  }

  @EachVersion
  @Normative("MQTT-3.8.4-3")
  void subscribingAgainReplacesTheQos(Version version) {
    Peer subscriber = connect(version, "subscriber");
    Peer publisher = connect(version, "publisher");
    for (int qos : new int[] {2, 0, 1}) {
      assertThat(subscriber.subscribe(topic("a"), qos)).isEqualTo(qos);
      publisher.publish(Publish.of(topic("a"), "x").qos(2, 1));
      assertThat(subscriber.receive().qos()).isEqualTo(qos);
    }
  }

  @EachVersion
  @Normative({"MQTT-3.10.4-1", "MQTT-3.10.4-2", "MQTT-3.10.4-5"})
  void unsubscribingEndsJustTheFilterThatIsNamed(Version version) {
    Peer subscriber = connect(version, "subscriber");
    subscriber.subscribe(topic("a"), 0);
    subscriber.subscribe(topic("end"), 0);
    Peer publisher = connect(version, "publisher");

    assertThat(subscriber.unsubscribe(topic("+"))).isEqualTo(version.isV5() ? 0x11 : 0);
    publisher.publish(Publish.of(topic("a"), "still"));
    assertThat(subscriber.receive().payload()).isEqualTo("still");

    assertThat(subscriber.unsubscribe(topic("a"))).isZero();
    publisher.publish(Publish.of(topic("a"), "gone"));
    expectNothingElse(subscriber, publisher);
  }

  @Test
  @Normative({"MQTT-3.8.4-5", "MQTT-3.8.4-6", "MQTT-3.9.3-1"})
  void oneSubscribeWithManyFiltersHasAnAnswerForEach() {
    Peer subscriber = connect(Version.V3_1_1, "subscriber");

    subscriber.network().send(Bytes.hex("82 0e 00 0a 0001 61 00 0001 62 01 0001 63 02"));

    subscriber.network().expect("90 05 00 0a 00 01 02");
  }

  @Test
  void topicsOfTheBrokerAreNotForClients() {
    Peer witness = connect(Version.V5, "witness");
    witness.subscribe("$SYS/forged/#", 0);
    witness.subscribe(topic("end"), 0);
    Peer publisher = connect(Version.V5, "publisher");

    publisher.send(Publish.of("$SYS/forged", "x").qos(1, 1));
    assertThat(publisher.expect(Packet.PUBACK, 1).reasonCode()).isEqualTo(0x87);

    expectNothingElse(witness, publisher);
  }

  @Test
  void aMessageGoesToAllOfManySubscribersOnAllLoops() {
    List<Peer> subscribers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Version version = Version.values()[i % 3];
      Peer subscriber = connect(version, "subscriber" + i);
      subscriber.subscribe(topic(i % 2 == 0 ? "a/b" : "a/+"), i % 3);
      subscribers.add(subscriber);
    }
    Peer publisher = connect(Version.V5, "publisher");
    for (int message = 0; message < 20; message++) {
      publisher.publish(Publish.of(topic("a/b"), "" + message).qos(2, 1 + message));
    }
    for (int message = 0; message < 20; message++) {
      for (int i = 0; i < subscribers.size(); i++) {
        Publish received = subscribers.get(i).receive();
        assertThat(received.payload()).isEqualTo("" + message);
        assertThat(received.qos()).isEqualTo(i % 3);
      }
    }
  }
}
