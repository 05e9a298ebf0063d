package io.noctule.broker.session;

import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static io.noctule.protocol.packet.QoS.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.BrokerParts;
import io.noctule.broker.Messages;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.session.RecordingLink.Message;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicFilter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Retained messages reach a new subscription as fast as the client reads, and no faster. */
class RetainedDeliveryTest {
  private final BrokerParts parts = new BrokerParts();
  private final Client client = Client.connected(parts);
  private final Session session = client.session();

  private void retain(String topic, String text) {
    parts.retained().put(Messages.retained(topic, text, AT_LEAST_ONCE));
  }

  private void deliver(String filter, QoS qos) {
    client.subscribe(filter, qos);
    session.deliverRetained(TopicFilter.of(filter));
    parts.loops().run();
  }

  private void pump() {
    session.pump();
    parts.loops().run();
  }

  @Test
  void comesWithTheRetainFlagWhateverTheSubscriptionSays() {
    retain("a", "1");
    deliver("a", AT_LEAST_ONCE);

    assertThat(client.link().takeSent())
        .containsExactly(new Message("1", AT_LEAST_ONCE, true, false, 1));
    assertThat(session.hasBacklog()).isFalse();
  }

  @Test
  void isPacedByTheClient() {
    for (int i = 0; i < 5; i++) {
      retain("a/" + i, "a" + i);
    }
    retain("b", "b");
    client.link().writableFor(2);
    deliver("a/#", AT_MOST_ONCE);
    deliver("b", AT_MOST_ONCE);
    assertThat(client.link().takeTexts()).hasSize(2);
    assertThat(session.hasBacklog()).isTrue();

    client.link().writableFor(2);
    pump();
    assertThat(client.link().takeTexts()).hasSize(2);

    client.link().writableFor(5);
    pump();
    assertThat(client.link().takeTexts()).hasSize(2).endsWith("b");
    assertThat(session.hasBacklog()).isFalse();
  }

  @Test
  void waitsForTheWindowRatherThanFillTheQueue() {
    client.connect(new RecordingLink(1), 100);
    for (int i = 0; i < 10; i++) {
      retain("a/" + i, "a" + i);
    }
    deliver("a/#", AT_LEAST_ONCE);
    assertThat(client.link().takeTexts()).hasSize(1);
    assertThat(session.queuedMessages()).isLessThanOrEqualTo(1);

    for (int id = 1; id <= 10; id++) {
      session.onPubAck(id);
    }
    assertThat(client.link().takeTexts()).hasSize(9).doesNotHaveDuplicates();
    assertThat(session.hasBacklog()).isFalse();
  }

  @Test
  void aMessageThatWasReplacedMeanwhileDoesNotFollowItsSuccessor() {
    retain("a", "old");
    client.link().writableFor(0);
    deliver("a", AT_MOST_ONCE);
    retain("a", "new");
    client.receives(AT_MOST_ONCE, "new");
    client.link().writableFor(5);
    pump();

    assertThat(client.link().takeTexts()).containsExactly("new");
  }

  @Test
  void aMessageThatWasRemovedMeanwhileIsNotSent() {
    retain("a", "old");
    client.link().writableFor(0);
    deliver("a", AT_MOST_ONCE);
    retain("a", "");
    client.link().writableFor(5);
    pump();

    assertThat(client.link().takeTexts()).isEmpty();
    assertThat(session.hasBacklog()).isFalse();
  }

  @Test
  void aMessageThatExpiredMeanwhileIsNotSent() {
    parts.retained().put(Messages.message("a", "x", AT_LEAST_ONCE, true, Messages.expiry(5), 0));
    client.link().writableFor(0);
    deliver("a", AT_LEAST_ONCE);
    parts.loops().advance(5, TimeUnit.SECONDS);
    client.link().writableFor(5);
    pump();

    assertThat(client.link().takeTexts()).isEmpty();
    assertThat(client.count(Counter.DROPPED_EXPIRED)).isEqualTo(1);
  }

  @Test
  void aFilterThatIsSubscribedToAgainAndAgainWaitsOnce() {
    for (int i = 0; i < 5; i++) {
      retain("a/" + i, "a" + i);
    }
    client.link().writableFor(0);
    for (int i = 0; i < 100; i++) {
      deliver("b/" + i % 2, AT_MOST_ONCE);
      deliver("a/#", AT_MOST_ONCE);
    }
    client.link().writableFor(1_000);
    pump();

    assertThat(client.link().takeTexts().size()).isLessThanOrEqualTo(10);
    assertThat(session.hasBacklog()).isFalse();
  }

  @Test
  void nothingFollowsAnUnsubscribe() {
    retain("a", "a");
    retain("b", "b");
    client.link().writableFor(0);
    deliver("a", AT_MOST_ONCE);
    deliver("b", AT_MOST_ONCE);
    session.subscriptions().remove(TopicFilter.of("b"));
    client.link().writableFor(10);
    pump();

    assertThat(client.link().takeTexts()).containsExactly("a");
  }

  @Test
  void outlastsTheConnectionAsTheSubscriptionDoes() {
    for (int i = 0; i < 5; i++) {
      retain("a/" + i, "a" + i);
    }
    retain("b", "b");
    client.link().writableFor(2);
    deliver("a/#", AT_LEAST_ONCE);
    deliver("b", AT_LEAST_ONCE);
    List<String> before = client.link().takeTexts();
    client.disconnect();
    client.reconnect();
    parts.loops().run();

    assertThat(before).hasSize(2);
    assertThat(client.link().takeTexts())
        .as("the unacknowledged again, and the others")
        .containsExactlyInAnyOrder("a0", "a1", "a2", "a3", "a4", "b");
  }
}
