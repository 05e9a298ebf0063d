package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import org.junit.jupiter.api.Test;

class WillTest extends BrokerConversation {
  private static final int DISCONNECT_WITH_WILL = 0x04;

  private Publish will() {
    return Publish.of(topic("will"), "farewell").qos(1, 0);
  }

  private Peer witness(Version version) {
    Peer witness = connect(version, "witness");
    witness.subscribe(topic("#"), 2);
    return witness;
  }

  private static Property delay(int seconds) {
    return Property.of(Property.WILL_DELAY, seconds);
  }

  @EachVersion
  @Normative("MQTT-3.1.2-8")
  void aLostConnectionPublishesTheWill(Version version) {
    Peer witness = witness(version);
    Peer mortal = connect(version, Connect.as(clientId("mortal")).will(will()));

    mortal.close();

    Publish received = witness.receive();
    assertThat(received.payload()).isEqualTo("farewell");
    assertThat(received.qos()).isEqualTo(1);
    assertThat(received.retain()).isFalse();
  }

  @EachVersion
  @Normative({"MQTT-3.1.2-10", "MQTT-3.14.4-3"})
  void aGoodDisconnectTakesTheWillBack(Version version) {
    Peer witness = witness(version);

    connect(version, Connect.as(clientId("leaving")).will(will())).disconnect();

    expectNothingElse(witness, connect(version, "other"));
  }

  @Test
  void disconnectWithWillPublishesIt() {
    Peer witness = witness(Version.V5);

    connect(Version.V5, Connect.as(clientId("dramatic")).will(will()))
        .disconnect(DISCONNECT_WITH_WILL);

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @EachVersion
  @Normative("MQTT-3.1.2-8")
  void aMalformedPacketPublishesTheWill(Version version) {
    Peer witness = witness(version);
    Peer mortal = connect(version, Connect.as(clientId("broken")).will(will()));

    mortal.network().send(Bytes.hex("00 00"));

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @EachVersion
  @Normative({"MQTT-3.1.4-3", "MQTT-3.1.2-8"})
  void aTakeoverPublishesTheWillOfTheOldConnection(Version version) {
    Peer witness = witness(version);
    connect(version, Connect.as(clientId("same")).will(will()));

    connect(version, "same");

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @EachVersion
  @Normative({"MQTT-3.1.2-15", "MQTT-3.1.2-14"})
  void aRetainedWillIsKept(Version version) {
    Peer witness = witness(version);
    connect(version, Connect.as(clientId("mortal")).will(will().retained())).close();
    assertThat(witness.receive().retain()).isFalse();

    Peer later = connect(version, "later");
    later.subscribe(topic("will"), 1);

    assertThat(later.receive().retain()).isTrue();
  }

  @EachVersion
  void theWillOfTheNewConnectionReplacesTheOldOne(Version version) {
    Peer witness = witness(version);
    Connect kept = Connect.as(clientId("twice")).persistent();
    connect(version, kept.will(Publish.of(topic("will"), "first"))).disconnect();
    connect(version, kept.will(Publish.of(topic("will"), "second"))).close();

    assertThat(witness.receive().payload()).isEqualTo("second");
  }

  @Test
  @Normative({"MQTT-3.1.2-8", "MQTT-3.1.3-9"})
  void aDelayedWillComesAfterItsDelay() {
    Peer witness = witness(Version.V5);
    connect(Version.V5, Connect.as(clientId("delayed")).persistent().will(will(), delay(1)))
        .close();
    expectNothingElse(witness, connect(Version.V5, "other"));

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @Test
  @Normative("MQTT-3.1.3-9")
  void aClientThatIsBackBeforeTheDelayHasNoWillPublished() {
    Peer witness = witness(Version.V5);
    Connect kept = Connect.as(clientId("back")).persistent();
    connect(Version.V5, kept.will(will(), delay(1))).close();
    connect(Version.V5, kept);
    // The delay has passed for certain when a will of twice the delay has come.
    connect(
            Version.V5,
            Connect.as(clientId("clock"))
                .persistent()
                .will(Publish.of(topic("clock"), "later"), delay(2)))
        .close();

    assertThat(witness.receive().payload()).isEqualTo("later");
  }

  @Test
  @Normative("MQTT-3.1.3-9")
  void aTakeoverOfAKeptSessionPublishesNoDelayedWill() {
    Peer witness = witness(Version.V5);
    Connect kept = Connect.as(clientId("same")).persistent();
    connect(Version.V5, kept.will(will(), delay(60)));

    connect(Version.V5, kept);

    expectNothingElse(witness, connect(Version.V5, "other"));
  }

  @Test
  @Normative("MQTT-3.1.2-8")
  void theEndOfTheSessionDoesNotWaitForTheDelay() {
    Peer witness = witness(Version.V5);
    connect(Version.V5, Connect.as(clientId("short")).will(will(), delay(3600))).close();

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @Test
  @Normative("MQTT-3.1.2-8")
  void aCleanStartEndsTheSessionAndPublishesTheDelayedWill() {
    Peer witness = witness(Version.V5);
    Connect kept = Connect.as(clientId("cleaned")).persistent();
    connect(Version.V5, kept.will(will(), delay(3600))).close();
    expectNothingElse(witness, connect(Version.V5, "other"));

    connect(Version.V5, kept.cleanly());

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @Test
  @Normative("MQTT-3.1.2-8")
  void aSessionThatExpiresBeforeTheDelayPublishesTheWill() {
    Peer witness = witness(Version.V5);
    connect(
            Version.V5,
            Connect.as(clientId("expiring"))
                .resuming()
                .with(Property.SESSION_EXPIRY, 1)
                .will(will(), delay(3600)))
        .close();

    assertThat(witness.receive().payload()).isEqualTo("farewell");
  }

  @Test
  @Normative({"MQTT-3.3.2-17", "MQTT-3.3.2-16"})
  void theWillHasItsProperties() {
    Peer witness = witness(Version.V5);
    Property[] properties = {
      Property.of(Property.CONTENT_TYPE, "text/plain"),
      Property.of(Property.CORRELATION_DATA, "01 02"),
      Property.of(Property.USER_PROPERTY, "why=lost")
    };
    connect(Version.V5, Connect.as(clientId("mortal")).will(will(), properties)).close();

    assertThat(witness.receive().properties()).containsExactlyInAnyOrder(properties);
  }
}
