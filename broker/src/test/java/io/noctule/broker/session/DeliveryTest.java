package io.noctule.broker.session;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;
import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static io.noctule.protocol.packet.QoS.AT_MOST_ONCE;
import static io.noctule.protocol.packet.QoS.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.BrokerParts;
import io.noctule.broker.Messages;
import io.noctule.broker.TestLimits;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.ManualLoops;
import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import io.noctule.broker.session.RecordingLink.Message;
import io.noctule.broker.session.RecordingLink.Release;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages on their way to a client: exchange of packets, window, resending. */
class DeliveryTest {
  private final BrokerParts parts = new BrokerParts();
  private final Client client = Client.connected(parts);
  private final Session session = client.session();

  @ParameterizedTest
  @CsvSource({
    "AT_MOST_ONCE, EXACTLY_ONCE, AT_MOST_ONCE",
    "EXACTLY_ONCE, AT_MOST_ONCE, AT_MOST_ONCE",
    "AT_LEAST_ONCE, EXACTLY_ONCE, AT_LEAST_ONCE",
    "EXACTLY_ONCE, AT_LEAST_ONCE, AT_LEAST_ONCE",
    "EXACTLY_ONCE, EXACTLY_ONCE, EXACTLY_ONCE"
  })
  void theLowerQosOfMessageAndSubscriptionHolds(QoS published, QoS granted, QoS delivered) {
    session.deliver(
        Messages.message("t", "m", published), new Grant(granted, false, List.of(), null));

    assertThat(client.link().takeSent())
        .containsExactly(Message.first("m", delivered, delivered == AT_MOST_ONCE ? 0 : 1));
  }

  @ParameterizedTest
  @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
  void theRetainFlagIsPassedOnOnlyAsPublishedAndWhereAskedFor(
      boolean published, boolean asPublished, boolean delivered) {
    Publication publication =
        published
            ? Messages.retained("t", "m", AT_MOST_ONCE)
            : Messages.message("t", "m", AT_MOST_ONCE);
    session.deliver(publication, new Grant(AT_MOST_ONCE, asPublished, List.of(), null));

    assertThat(client.link().takeSent())
        .containsExactly(new Message("m", AT_MOST_ONCE, delivered, false, 0));
  }

  @Test
  void aQos1MessageIsDoneWithPubAck() {
    client.receives(AT_LEAST_ONCE, "a", "b");
    assertThat(session.inFlightMessages()).isEqualTo(2);

    session.onPubAck(1);
    assertThat(session.inFlightMessages()).isEqualTo(1);
    session.onPubAck(2);

    assertThat(session.inFlightMessages()).isZero();
    assertThat(client.link().takeSent())
        .containsExactly(
            Message.first("a", AT_LEAST_ONCE, 1), Message.first("b", AT_LEAST_ONCE, 2));
  }

  @Test
  void aQos2MessageIsDoneWithPubComp() {
    client.receives(EXACTLY_ONCE, "a");
    session.onPubRec(1, ReasonCode.SUCCESS);
    assertThat(session.inFlightMessages()).isEqualTo(1);
    session.onPubComp(1);

    assertThat(session.inFlightMessages()).isZero();
    assertThat(client.link().takeSent())
        .containsExactly(Message.first("a", EXACTLY_ONCE, 1), Release.of(1));
  }

  @Test
  void aPubRecThatComesAgainIsAnsweredAgain() {
    client.receives(EXACTLY_ONCE, "a");
    session.onPubRec(1, ReasonCode.NO_MATCHING_SUBSCRIBERS);
    session.onPubRec(1, ReasonCode.SUCCESS);

    assertThat(client.link().takeSent())
        .containsExactly(Message.first("a", EXACTLY_ONCE, 1), Release.of(1), Release.of(1));
    assertThat(session.inFlightMessages()).isEqualTo(1);
  }

  @Test
  void aPubRecWithAnErrorEndsTheExchangeWithoutPubRel() {
    client.receives(EXACTLY_ONCE, "a");
    client.link().takeSent();
    session.onPubRec(1, ReasonCode.QUOTA_EXCEEDED);

    assertThat(client.link().takeSent()).isEmpty();
    assertThat(session.inFlightMessages()).isZero();
  }

  @Test
  void acknowledgementsOfTheWrongKindChangeNothing() {
    client.receives(AT_LEAST_ONCE, "one");
    client.receives(EXACTLY_ONCE, "two");
    client.link().takeSent();

    session.onPubComp(1);
    session.onPubAck(2);
    session.onPubComp(2); // Before its PUBREC.
    assertThat(session.inFlightMessages()).isEqualTo(2);

    session.onPubRec(1, ReasonCode.SUCCESS);
    assertThat(client.link().takeSent())
        .containsExactly(new Release(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
    assertThat(session.inFlightMessages()).isEqualTo(2);
  }

  @Test
  void unknownPacketIdsAreAnsweredWhereTheStandardAsksForIt() {
    session.onPubAck(7);
    session.onPubComp(7);
    session.onPubRec(7, ReasonCode.UNSPECIFIED_ERROR);
    assertThat(client.link().takeSent()).isEmpty();

    session.onPubRec(7, ReasonCode.SUCCESS);
    assertThat(client.link().takeSent())
        .containsExactly(new Release(7, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
    assertThat(session.inFlightMessages()).isZero();
  }

  @Test
  void noMoreThanTheReceiveMaximumIsUnderWay() {
    client.connect(new RecordingLink(2), NEVER_EXPIRES);
    client.receives(AT_LEAST_ONCE, "a", "b", "c");
    client.receives(EXACTLY_ONCE, "d");
    client.receives(AT_MOST_ONCE, "0");

    assertThat(client.link().takeTexts()).containsExactly("a", "b", "0");
    session.onPubAck(2);
    assertThat(client.link().takeTexts()).containsExactly("c");
    session.onPubAck(1);
    assertThat(client.link().takeTexts()).containsExactly("d");
  }

  @Test
  void aQos2MessageTakesItsPlaceInTheWindowUntilPubComp() {
    client.connect(new RecordingLink(1), NEVER_EXPIRES);
    client.receives(EXACTLY_ONCE, "a", "b");
    session.onPubRec(1, ReasonCode.SUCCESS);
    assertThat(client.link().takeTexts()).containsExactly("a");

    session.onPubComp(1);
    assertThat(client.link().takeTexts()).containsExactly("b");
  }

  @Test
  void aClientThatDoesNotReadGetsQos1MessagesLater() {
    client.link().writableFor(2);
    client.receives(AT_LEAST_ONCE, "a", "b", "c", "d");
    client.receives(AT_MOST_ONCE, "0");
    assertThat(client.link().takeTexts()).containsExactly("a", "b", "0");
    assertThat(session.hasBacklog()).isTrue();

    client.link().writableFor(1);
    session.pump();
    assertThat(client.link().takeTexts()).containsExactly("c");
    client.link().writableFor(10);
    session.pump();
    assertThat(client.link().takeTexts()).containsExactly("d");
    assertThat(session.hasBacklog()).isFalse();
  }

  @Test
  void theBrokersOwnLimitHoldsBesideTheClients() {
    BrokerParts small = new BrokerParts(TestLimits.DEFAULT.inflight(1).build(), new ManualLoops(1));
    Client patient = Client.connected(small);
    patient.receives(AT_LEAST_ONCE, "a", "b");

    assertThat(patient.link().takeTexts()).containsExactly("a");
    assertThat(patient.session().inFlightMessages()).isEqualTo(1);
    assertThat(patient.session().queuedMessages()).isEqualTo(1);
  }

  @Test
  void afterAReconnectAllThatIsUnacknowledgedIsSentAgainInOrder() {
    client.receives(AT_LEAST_ONCE, "a");
    client.receives(EXACTLY_ONCE, "b", "c");
    client.receives(AT_LEAST_ONCE, "d");
    session.onPubRec(2, ReasonCode.SUCCESS);
    client.disconnect();
    client.receives(AT_LEAST_ONCE, "e");
    client.receives(AT_MOST_ONCE, "lost, being QoS 0");

    assertThat(client.reconnect().takeSent())
        .containsExactly(
            Release.of(2),
            Message.again("a", AT_LEAST_ONCE, 1),
            Message.again("c", EXACTLY_ONCE, 3),
            Message.again("d", AT_LEAST_ONCE, 4),
            Message.first("e", AT_LEAST_ONCE, 5));
  }

  @Test
  void aSmallerReceiveMaximumAfterAReconnectIsKept() {
    client.receives(AT_LEAST_ONCE, "a", "b", "c");
    client.disconnect();
    client.receives(AT_LEAST_ONCE, "d");
    client.connect(new RecordingLink(1), NEVER_EXPIRES);

    assertThat(client.link().takeTexts()).containsExactly("a");
    session.onPubAck(1);
    assertThat(client.link().takeTexts()).containsExactly("b");
    session.onPubAck(2);
    session.onPubAck(3);
    assertThat(client.link().takeSent())
        .containsExactly(
            Message.again("c", AT_LEAST_ONCE, 3), Message.first("d", AT_LEAST_ONCE, 4));
  }

  /** [MQTT-3.3.4-10]. */
  @Test
  void aReleaseIsNotHeldBackByTheReceiveMaximum() {
    client.receives(EXACTLY_ONCE, "a", "b", "c");
    client.receives(AT_LEAST_ONCE, "d");
    session.onPubRec(2, ReasonCode.SUCCESS);
    session.onPubRec(3, ReasonCode.SUCCESS);
    client.disconnect();
    client.connect(new RecordingLink(1), NEVER_EXPIRES);

    assertThat(client.link().takeSent()).containsExactly(Release.of(2), Release.of(3));
    session.onPubComp(2);
    assertThat(client.link().takeSent()).isEmpty();
    session.onPubComp(3);
    assertThat(client.link().takeSent()).containsExactly(Message.again("a", EXACTLY_ONCE, 1));
  }

  @Test
  void whatIsAcknowledgedBeforeItIsSentAgainIsNotSentAgain() {
    client.receives(AT_LEAST_ONCE, "a", "b");
    client.disconnect();
    client.connect(new RecordingLink(1), NEVER_EXPIRES);
    session.onPubAck(2);
    session.onPubAck(1);
    client.receives(AT_LEAST_ONCE, "c", "d");

    assertThat(client.link().takeTexts()).containsExactly("a", "c");
  }

  @Test
  void whatIsTooLargeForTheClientCountsAsAcknowledged() {
    client.link().largestPayload(3);
    client.receives(AT_LEAST_ONCE, "long", "abc");
    client.receives(EXACTLY_ONCE, "long");
    client.receives(AT_MOST_ONCE, "long");

    assertThat(client.link().takeTexts()).containsExactly("abc");
    assertThat(session.inFlightMessages()).isEqualTo(1);
    assertThat(client.count(Counter.DROPPED_PACKET_TOO_LARGE)).isEqualTo(3);
  }

  @Test
  void whatHasBecomeTooLargeAfterAReconnectCountsAsAcknowledged() {
    client.receives(AT_LEAST_ONCE, "long", "abc");
    client.disconnect();
    RecordingLink narrow = new RecordingLink(1);
    narrow.largestPayload(3);
    client.connect(narrow, NEVER_EXPIRES);

    assertThat(narrow.takeSent()).containsExactly(Message.again("abc", AT_LEAST_ONCE, 2));
    assertThat(session.inFlightMessages()).isEqualTo(1);
  }

  @Test
  void whatHasExpiredIsNotDelivered() {
    parts.loops().advance(5, TimeUnit.SECONDS);
    client.receives(Messages.expiring("t", "old", AT_LEAST_ONCE, 5, 0));
    client.receives(Messages.expiring("t", "fresh", AT_LEAST_ONCE, 6, 0));

    assertThat(client.link().takeTexts()).containsExactly("fresh");
    assertThat(client.count(Counter.DROPPED_EXPIRED)).isEqualTo(1);
  }

  @Test
  void whatExpiresInTheQueueIsNotSentAndGivesItsMemoryBack() {
    client.disconnect();
    client.receives(Messages.expiring("t", "short", AT_LEAST_ONCE, 5, 0));
    client.receives(Messages.expiring("t", "long", AT_LEAST_ONCE, 6, 0));
    assertThat(parts.budget().usedBytes()).isPositive();
    parts.loops().advance(5, TimeUnit.SECONDS);

    assertThat(client.reconnect().takeTexts()).containsExactly("long");
    assertThat(client.count(Counter.DROPPED_EXPIRED)).isEqualTo(1);
    session.onPubAck(1);
    assertThat(parts.budget().usedBytes()).isZero();
  }
}
