package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetainedTest extends BrokerConversation {
  private static final int RETAIN_AS_PUBLISHED = 0x08;
  private static final int SEND_IF_NEW = 0x10;
  private static final int DO_NOT_SEND = 0x20;

  private Peer publisher(Version version) {
    return connect(version, "publisher");
  }

  @EachVersion
  @Normative({"MQTT-3.3.1-5", "MQTT-3.3.1-9"})
  void theLastRetainedMessageReachesALaterSubscriber(Version version) {
    Peer publisher = publisher(version);
    publisher.publish(Publish.of(topic("a"), "old").qos(1, 1).retained());
    publisher.publish(Publish.of(topic("a"), "new").qos(1, 2).retained());

    Peer subscriber = connect(version, "subscriber");
    subscriber.subscribe(topic("#"), 2);

    Publish received = subscriber.receive();
    assertThat(received.payload()).isEqualTo("new");
    assertThat(received.retain()).isTrue();
    assertThat(received.qos()).isEqualTo(1);
    expectNothingElse(subscriber, publisher);
  }

  @EachVersion
  @Normative({"MQTT-3.3.1-6", "MQTT-3.3.1-7"})
  void anEmptyRetainedMessageClearsTheTopic(Version version) {
    Peer publisher = publisher(version);
    Peer present = connect(version, "present");
    present.subscribe(topic("a"), 0);
    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1).retained());
    publisher.publish(Publish.of(topic("a"), "").qos(1, 2).retained());
    // It is also a message like any other.
    assertThat(present.receive().payload()).isEqualTo("x");
    assertThat(present.receive().payload()).isEmpty();

    Peer later = connect(version, "later");
    later.subscribe(topic("#"), 0);

    expectNothingElse(later, publisher);
  }

  @EachVersion
  @Normative("MQTT-3.3.1-8")
  void aMessageWithoutTheFlagLeavesTheRetainedOneAlone(Version version) {
    Peer publisher = publisher(version);
    publisher.publish(Publish.of(topic("a"), "kept").qos(1, 1).retained());
    publisher.publish(Publish.of(topic("a"), "passing").qos(1, 2));

    Peer subscriber = connect(version, "subscriber");
    subscriber.subscribe(topic("a"), 0);

    assertThat(subscriber.receive().payload()).isEqualTo("kept");
  }

  @EachVersion
  @Normative("MQTT-3.3.1-12")
  void aPresentSubscriberSeesNoRetainFlag(Version version) {
    Peer subscriber = connect(version, "subscriber");
    subscriber.subscribe(topic("a"), 1);

    publisher(version).publish(Publish.of(topic("a"), "x").qos(1, 1).retained());

    assertThat(subscriber.receive().retain()).isFalse();
  }

  @Test
  @Normative("MQTT-3.3.1-13")
  void aSubscriberWithRetainAsPublishedSeesTheFlagAsItWas() {
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("#"), RETAIN_AS_PUBLISHED);
    Peer publisher = publisher(Version.V5);

    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1).retained());
    publisher.publish(Publish.of(topic("a"), "y").qos(1, 2));

    assertThat(subscriber.receive().retain()).isTrue();
    assertThat(subscriber.receive().retain()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 2, 0", "1, 0, 0", "1, 1, 1", "1, 2, 1", "2, 1, 1", "2, 2, 2"})
  @Normative("MQTT-3.8.4-8")
  void aRetainedMessageComesAtTheLowerOfBothQos(int published, int granted, int expected) {
    publisher(Version.V3_1_1)
        .publish(Publish.of(topic("a"), "x").qos(published, published).retained());
    Peer subscriber = connect(Version.V3_1_1, "subscriber");
    subscriber.network().send(subscriber.subscribePacket(topic("a"), granted));
    subscriber.network().next();

    assertThat(subscriber.receive().qos()).isEqualTo(expected);
  }

  @EachVersion
  @Normative({"MQTT-3.3.1-9", "MQTT-3.8.4-4"})
  void subscribingAgainBringsTheRetainedMessageAgain(Version version) {
    publisher(version).publish(Publish.of(topic("a"), "x").qos(1, 1).retained());
    Peer subscriber = connect(version, "subscriber");
    for (int i = 0; i < 3; i++) {
      subscriber.subscribe(topic("a"), 0);
      assertThat(subscriber.receive().payload()).isEqualTo("x");
    }
  }

  @Test
  @Normative("MQTT-3.3.1-10")
  void retainHandling1BringsItToANewSubscriptionOnly() {
    Peer publisher = publisher(Version.V5);
    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1).retained());
    Peer subscriber = connect(Version.V5, "subscriber");
    subscriber.subscribe(topic("end"), 0);

    subscriber.subscribe(topic("a"), SEND_IF_NEW);
    assertThat(subscriber.receive().payload()).isEqualTo("x");
    subscriber.subscribe(topic("a"), SEND_IF_NEW | 1);
    expectNothingElse(subscriber, publisher);
    subscriber.unsubscribe(topic("a"));
    subscriber.subscribe(topic("a"), SEND_IF_NEW);
    assertThat(subscriber.receive().payload()).isEqualTo("x");
  }

  @Test
  @Normative("MQTT-3.3.1-11")
  void retainHandling2NeverBringsIt() {
    Peer publisher = publisher(Version.V5);
    publisher.publish(Publish.of(topic("a"), "x").qos(1, 1).retained());
    Peer subscriber = connect(Version.V5, "subscriber");

    subscriber.subscribe(topic("#"), DO_NOT_SEND);

    expectNothingElse(subscriber, publisher);
  }

  @EachVersion
  void wildcardsFindRetainedMessagesOfManyTopics(Version version) {
    Peer publisher = publisher(version);
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String name = topic("many/" + i + "/value");
      topics.add(name);
      publisher.send(Publish.of(name, "x").retained());
    }
    publisher.expectNothingBeforePong();
    Peer subscriber = connect(version, "subscriber");

    subscriber.subscribe(topic("many/+/value"), 1);

    List<String> found = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      found.add(subscriber.receive().topic());
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(topics);
  }

  @Test
  @Normative({"MQTT-3.3.2-17", "MQTT-3.3.2-20"})
  void aRetainedMessageKeepsItsProperties() {
    Publish message =
        Publish.of(topic("a"), "x")
            .qos(1, 1)
            .retained()
            .with(Property.CONTENT_TYPE, "text/plain")
            .with(Property.USER_PROPERTY, "a=1")
            .with(Property.USER_PROPERTY, "a=2");
    publisher(Version.V5).publish(message);
    Peer subscriber = connect(Version.V5, "subscriber");

    subscriber.subscribe(topic("a"), 1);

    assertThat(subscriber.receive().properties())
        .containsExactlyInAnyOrderElementsOf(message.properties());
  }
}
