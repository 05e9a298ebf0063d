package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicAliasTest extends BrokerConversation {

  @Test
  void anAliasStandsForTheTopicThatItWasGivenFor() {
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("#"), 0);
    Peer publisher = connect(Version.V5, "publisher");

    publisher.send(Publish.of(topic("a"), "1").with(Property.TOPIC_ALIAS, 1));
    publisher.send(Publish.of("", "2").with(Property.TOPIC_ALIAS, 1));
    publisher.send(Publish.of(topic("b"), "3").with(Property.TOPIC_ALIAS, 1));
    publisher.send(Publish.of("", "4").with(Property.TOPIC_ALIAS, 1));

    assertThat(subscriber.receive().topic()).isEqualTo(topic("a"));
    assertThat(subscriber.receive().topic()).isEqualTo(topic("a"));
    assertThat(subscriber.receive().topic()).isEqualTo(topic("b"));
    Publish last = subscriber.receive();
    assertThat(last.topic()).isEqualTo(topic("b"));
    assertThat(last.values(Property.TOPIC_ALIAS)).as("a publisher's alias is its own").isEmpty();
  }

  @Test
  void anAliasIsNotAUserProperty() {
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("a"), 1);
    Peer publisher = connect(Version.V5, "publisher");

    publisher.publish(
        Publish.of(topic("a"), "x").qos(1, 1).retained().with(Property.TOPIC_ALIAS, 5));

    assertThat(subscriber.receive().properties()).isEmpty();
    Peer later = connect(Version.V5, "later");
    later.subscribe(topic("a"), 1);
    assertThat(later.receive().properties()).isEmpty();
  }

  @Test
  void anUnknownAliasIsAProtocolError() {
    Peer publisher = connect(Version.V5, "publisher");

    publisher.send(Publish.of("", "x").with(Property.TOPIC_ALIAS, 3));

    publisher.expectClosedFor(0x82);
  }

  @Test
  @Normative("MQTT-3.3.2-7")
  void anAliasEndsWithItsConnection() {
    Connect kept = Connect.as(clientId("publisher")).persistent();
    Peer before = connect(Version.V5, kept);
    before.send(Publish.of(topic("a"), "x").with(Property.TOPIC_ALIAS, 1));
    before.disconnect();

    Peer after = connect(Version.V5, kept);
    after.send(Publish.of("", "x").with(Property.TOPIC_ALIAS, 1));

    after.expectClosedFor(0x82);
  }

  @Test
  @Normative("MQTT-3.3.2-8")
  void anAliasOfZeroIsInvalid() {
    Peer publisher = connect(Version.V5, "publisher");

    publisher.send(Publish.of(topic("a"), "x").with(Property.TOPIC_ALIAS, 0));

    publisher.expectClosedFor(0x94);
  }

  @Test
  @Normative("MQTT-3.3.2-9")
  void anAliasAboveTheBrokersMaximumIsInvalid() {
    Peer publisher = open(Version.V5);
    int maximum =
        (int)
            publisher
                .connect(Connect.as(clientId("publisher")))
                .value(Property.TOPIC_ALIAS_MAXIMUM);
    publisher.send(Publish.of(topic("a"), "x").with(Property.TOPIC_ALIAS, maximum));
    publisher.expectNothingBeforePong();

    publisher.send(Publish.of(topic("a"), "x").with(Property.TOPIC_ALIAS, maximum + 1));

    publisher.expectClosedFor(0x94);
  }

  @Test
  void anEmptyTopicWithoutAliasIsAProtocolError() {
    Peer publisher = connect(Version.V5, "publisher");

    publisher.send(Publish.of("", "x"));

    publisher.expectClosedFor(0x82);
  }

  @Test
  @Normative("MQTT-3.1.2-26")
  void theBrokerUsesNoAliasForAClientThatAcceptsNone() {
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("a"), 0);
    Peer publisher = connect(Version.V5, "publisher");
    for (int i = 0; i < 5; i++) {
      publisher.send(Publish.of(topic("a"), "x"));
      assertThat(subscriber.receive()).isEqualTo(Publish.of(topic("a"), "x"));
    }
  }

  @Test
  @Normative({"MQTT-3.1.2-26", "MQTT-3.3.2-10"})
  void whatTheBrokerAbbreviatesCanBeUnderstood() {
    int maximum = 2;
    Peer subscriber =
        connect(
            Version.V5,
            Connect.as(clientId("subscriber")).with(Property.TOPIC_ALIAS_MAXIMUM, maximum));
    subscriber.subscribe(topic("#"), 2);
    Peer publisher = connect(Version.V5, "publisher");
    Map<Object, String> aliases = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      String topic = topic("t" + i % 5);
      publisher.publish(Publish.of(topic, "" + i).qos(i % 3, 1));

      Publish received = subscriber.receive();
      for (Object alias : received.values(Property.TOPIC_ALIAS)) {
        assertThat((int) alias).isBetween(1, maximum);
        if (!received.topic().isEmpty()) {
          aliases.put(alias, received.topic());
        }
        assertThat(aliases.get(alias)).isEqualTo(topic);
      }
      if (received.values(Property.TOPIC_ALIAS).isEmpty()) {
        assertThat(received.topic()).isEqualTo(topic);
      }
      assertThat(received.payload()).isEqualTo("" + i);
    }
  }
}
