package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.SettableClock;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Properties that travel with a message, and the one that ends its life. */
class MessagePropertiesTest {
  private final SettableClock clock = new SettableClock();

  @RegisterExtension
  final BrokerUnderTest broker = new BrokerUnderTest(builder -> builder.ticker(clock));

  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void closePeers() {
    peers.forEach(Peer::close);
  }

  private Peer connect(Version version, Connect connect) {
    Peer peer = Peer.open(broker.port(), version);
    peers.add(peer);
    assertThat(peer.connect(connect).reasonCode()).isZero();
    return peer;
  }

  @Test
  @Normative({
    "MQTT-3.3.2-4",
    "MQTT-3.3.2-15",
    "MQTT-3.3.2-16",
    "MQTT-3.3.2-17",
    "MQTT-3.3.2-18",
    "MQTT-3.3.2-20"
  })
  void propertiesArriveUnchangedAndInOrder() {
    Peer subscriber = connect(Version.V5, Connect.as("subscriber"));
    subscriber.subscribe("a", 2);
    Publish message =
        Publish.of("a", "payload")
            .qos(2, 1)
            .with(Property.PAYLOAD_FORMAT, 1)
            .with(Property.CONTENT_TYPE, "application/json; charset=☃")
            .with(Property.RESPONSE_TOPIC, "answer/here")
            .with(Property.CORRELATION_DATA, "00 ff 80")
            .with(Property.USER_PROPERTY, "b=2")
            .with(Property.USER_PROPERTY, "a=1")
            .with(Property.USER_PROPERTY, "b=2");

    connect(Version.V5, Connect.as("publisher")).publish(message);

    Publish received = subscriber.receive();
    assertThat(received.properties()).containsExactlyInAnyOrderElementsOf(message.properties());
    assertThat(received.values(Property.USER_PROPERTY)).containsExactly("b=2", "a=1", "b=2");
  }

  @Test
  void anOlderSubscriberGetsTheMessageWithoutThem() {
    Peer subscriber = connect(Version.V3_1_1, Connect.as("subscriber"));
    subscriber.subscribe("a", 1);

    connect(Version.V5, Connect.as("publisher"))
        .publish(Publish.of("a", "x").qos(1, 1).with(Property.USER_PROPERTY, "k=v"));

    assertThat(subscriber.receive().payload()).isEqualTo("x");
  }

  @Test
  @Normative("MQTT-3.3.2-6")
  void aWaitingMessageArrivesWithTheTimeThatIsLeft() {
    Connect kept = Connect.as("absent").persistent();
    Peer absent = connect(Version.V5, kept);
    absent.subscribe("a", 1);
    absent.disconnect();
    connect(Version.V5, Connect.as("publisher"))
        .publish(Publish.of("a", "x").qos(1, 1).with(Property.MESSAGE_EXPIRY, 100));

    clock.advance(Duration.ofSeconds(40));

    assertThat(connect(Version.V5, kept).receive().values(Property.MESSAGE_EXPIRY))
        .first()
        .satisfies(left -> assertThat((long) left).isBetween(30L, 60L));
  }

  @Test
  @Normative("MQTT-3.3.2-5")
  void aWaitingMessageIsNotSentAfterItsExpiry() {
    Connect kept = Connect.as("absent").persistent();
    Peer absent = connect(Version.V5, kept);
    absent.subscribe("a", 1);
    absent.disconnect();
    Peer publisher = connect(Version.V5, Connect.as("publisher"));
    publisher.publish(Publish.of("a", "short").qos(1, 1).with(Property.MESSAGE_EXPIRY, 10));
    publisher.publish(Publish.of("a", "long").qos(1, 2).with(Property.MESSAGE_EXPIRY, 1000));
    publisher.publish(Publish.of("a", "unlimited").qos(1, 3));

    clock.advance(Duration.ofSeconds(11));

    Peer back = connect(Version.V5, kept);
    assertThat(back.receive().payload()).isEqualTo("long");
    assertThat(back.receive().payload()).isEqualTo("unlimited");
    back.expectNothingBeforePong();
  }

  @Test
  @Normative({"MQTT-3.3.2-5", "MQTT-3.3.2-6"})
  void aRetainedMessageExpiresToo() {
    Peer publisher = connect(Version.V5, Connect.as("publisher"));
    publisher.publish(Publish.of("a", "x").qos(1, 1).retained().with(Property.MESSAGE_EXPIRY, 100));
    Peer early = connect(Version.V5, Connect.as("early"));
    early.subscribe("a", 1);
    assertThat(early.receive().values(Property.MESSAGE_EXPIRY))
        .first()
        .satisfies(left -> assertThat((long) left).isBetween(60L, 100L));

    clock.advance(Duration.ofSeconds(101));

    Peer late = connect(Version.V5, Connect.as("late"));
    late.subscribe("#", 1);
    late.expectNothingBeforePong();
  }
}
