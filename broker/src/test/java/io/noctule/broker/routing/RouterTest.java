package io.noctule.broker.routing;

import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static io.noctule.protocol.packet.QoS.AT_MOST_ONCE;
import static io.noctule.protocol.packet.QoS.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.noctule.broker.BrokerParts;
import io.noctule.broker.Messages;
import io.noctule.broker.TestLimits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.ManualLoops;
import io.noctule.broker.message.Publication;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final int CONGESTING_COMMANDS = 65_536;

  private final BrokerParts parts = new BrokerParts(TestLimits.DEFAULT.build(), new ManualLoops(2));
  private final Router router = parts.sessions(0).router();

  private record Delivery(String text, Grant grant) {}

  /** A subscriber that writes down what it gets. */
  private final class Recorder implements Subscriber {
    private final String clientId;
    private final BrokerLoop loop;
    private final List<Delivery> deliveries = new ArrayList<>();
    private boolean connected = true;

    Recorder(String clientId, int loop) {
      this.clientId = clientId;
      this.loop = parts.loops().get(loop);
    }

    Recorder subscribed(String filter, Subscription subscription) {
      parts.tree().put(TopicFilter.of(filter), this, subscription);
      return this;
    }

    Recorder subscribed(String filter) {
      return subscribed(filter, new Subscription(AT_LEAST_ONCE, false, false, 0));
    }

    List<String> takeTexts() {
      List<String> texts = deliveries.stream().map(Delivery::text).toList();
      deliveries.clear();
      return texts;
    }

    @Override
    public String clientId() {
      return clientId;
    }

    @Override
    public BrokerLoop loop() {
      return loop;
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public void deliver(Publication publication, Grant grant) {
      deliveries.add(new Delivery(Messages.text(publication), grant));
    }
  }

  private boolean route(String topic, String text) {
    return router.route(Messages.message(topic, text, EXACTLY_ONCE));
  }

  private void routeMany(int messages, String topic) {
    for (int i = 0; i < messages; i++) {
      route(topic, "m" + i);
    }
  }

  @Test
  void tellsWhetherAnybodyMatches() {
    assertThat(route("a", "m")).isFalse();
    new Recorder("c", 0).subscribed("a");
    assertThat(route("a", "m")).isTrue();
    assertThat(route("b", "m")).isFalse();
  }

  /** [MQTT-3.3.4-2] [MQTT-3.3.4-3] [MQTT-3.3.4-4]. */
  @Test
  void overlappingSubscriptionsOfAClientAddUp() {
    Recorder client =
        new Recorder("c", 0)
            .subscribed("a/b", new Subscription(AT_MOST_ONCE, false, true, 7))
            .subscribed("a/+", new Subscription(EXACTLY_ONCE, false, false, 0))
            .subscribed("a/#", new Subscription(AT_LEAST_ONCE, true, false, 9));
    route("a/b", "m");

    assertThat(client.deliveries).hasSize(1);
    Grant grant = client.deliveries.getFirst().grant();
    assertThat(grant.maximumQos()).isEqualTo(EXACTLY_ONCE);
    assertThat(grant.retainAsPublished()).isTrue();
    assertThat(grant.subscriptionIdentifiers()).containsExactlyInAnyOrder(7, 9);
  }

  /** [MQTT-3.8.3-3]. */
  @Test
  void noLocalLeavesOutTheClientsOwnMessagesOnly() {
    Recorder own =
        new Recorder(Messages.PUBLISHER, 0)
            .subscribed("a", new Subscription(AT_LEAST_ONCE, true, false, 1));
    Recorder other =
        new Recorder("other", 0).subscribed("a", new Subscription(AT_LEAST_ONCE, true, false, 1));
    route("a", "m");

    assertThat(own.deliveries).isEmpty();
    assertThat(other.takeTexts()).containsExactly("m");
  }

  @Test
  void anOwnMessageComesByTheOverlappingSubscriptionsWithoutNoLocal() {
    Recorder own =
        new Recorder(Messages.PUBLISHER, 0)
            .subscribed("a", new Subscription(EXACTLY_ONCE, true, true, 1))
            .subscribed("#", new Subscription(AT_LEAST_ONCE, false, false, 2))
            .subscribed("+", new Subscription(AT_MOST_ONCE, false, false, 3));
    route("a", "m");

    assertThat(own.deliveries).hasSize(1);
    Grant grant = own.deliveries.getFirst().grant();
    assertThat(grant.maximumQos()).isEqualTo(AT_LEAST_ONCE);
    assertThat(grant.retainAsPublished()).isFalse();
    assertThat(grant.subscriptionIdentifiers()).containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void everyChangeOfSubscriptionsIsSeenByTheNextMessage() {
    Recorder first = new Recorder("first", 0).subscribed("a");
    route("a", "1");
    Recorder second = new Recorder("second", 0).subscribed("+");
    route("a", "2");
    parts.tree().remove(TopicFilter.of("a"), first);
    route("a", "3");
    second.subscribed("+", new Subscription(AT_MOST_ONCE, false, false, 5));
    route("a", "4");

    assertThat(first.takeTexts()).containsExactly("1", "2");
    assertThat(second.deliveries).extracting(Delivery::text).containsExactly("2", "3", "4");
    assertThat(second.deliveries.getLast().grant())
        .isEqualTo(new Grant(AT_MOST_ONCE, false, List.of(5), null));
  }

  @Test
  void moreTopicsThanTheCacheHoldsAreRoutedAllTheSame() {
    Recorder client = new Recorder("c", 0).subscribed("#");
    for (int i = 0; i < 20_000; i++) {
      route("t/" + i, "m");
    }
    route("t/0", "last");

    assertThat(client.takeTexts()).hasSize(20_001).endsWith("last");
  }

  /** Commands are counted by what makes a loop congested. */
  @Test
  void aLoopGetsOneCommandForAllItsSubscribers() {
    List<Recorder> here = new ArrayList<>();
    List<Recorder> there = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      here.add(new Recorder("here" + i, 0).subscribed("a"));
      there.add(new Recorder("there" + i, 1).subscribed("a"));
    }
    BrokerLoop source = parts.loops().get(0);
    for (int commands = 0; commands < CONGESTING_COMMANDS - 2; commands++) {
      source.post(parts.loops().get(1), () -> {}, 0);
    }
    route("a", "1");
    assertThat(source.isCongested()).as("one command for ten subscribers").isFalse();
    route("a", "2");
    assertThat(source.isCongested()).isTrue();

    assertThat(here).allSatisfy(client -> assertThat(client.takeTexts()).containsExactly("1", "2"));
    assertThat(there).allSatisfy(client -> assertThat(client.takeTexts()).isEmpty());
    parts.loops().run();
    assertThat(there)
        .allSatisfy(client -> assertThat(client.takeTexts()).containsExactly("1", "2"));
  }

  @Test
  void whatGoesToAnotherLoopOutlastsTheBufferThatItCameIn() {
    Recorder there = new Recorder("there", 1).subscribed("a");
    var buffer = Unpooled.copiedBuffer(new byte[] {'m'});
    router.route(
        Publication.view(
            TopicName.of("a"), buffer, AT_MOST_ONCE, false, PublishProperties.NONE, "p", 0));
    buffer.setByte(0, 'x');
    parts.loops().run();

    assertThat(there.takeTexts()).containsExactly("m");
  }

  @Test
  void oneMemberOfASharedGroupGetsAMessageInTurn() {
    Recorder a = new Recorder("a", 0).subscribed("$share/g/t");
    Recorder b = new Recorder("b", 0).subscribed("$share/g/t");
    Recorder c = new Recorder("c", 1).subscribed("$share/g/t");
    routeMany(9, "t");
    parts.loops().run();

    assertThat(List.of(a, b, c)).allSatisfy(member -> assertThat(member.deliveries).hasSize(3));
  }

  @Test
  void eachOfSeveralGroupsRotatesByItself() {
    List<Recorder> members = new ArrayList<>();
    for (String group : List.of("g", "h")) {
      for (String name : List.of("1", "2")) {
        members.add(new Recorder(group + name, 0).subscribed("$share/" + group + "/t"));
      }
    }
    routeMany(10, "t");

    assertThat(members).allSatisfy(member -> assertThat(member.deliveries).hasSize(5));
  }

  @Test
  void aGroupRotatesThoughEachMessageHasATopicOfItsOwn() {
    Recorder a = new Recorder("a", 0).subscribed("$share/g/#");
    Recorder b = new Recorder("b", 0).subscribed("$share/g/#");
    for (int i = 0; i < 10; i++) {
      route("t/" + i, "m");
    }

    assertThat(a.deliveries).hasSize(5);
    assertThat(b.deliveries).hasSize(5);
  }

  @Test
  void connectedMembersArePreferred() {
    Recorder absent = new Recorder("absent", 0).subscribed("$share/g/t");
    Recorder present = new Recorder("present", 0).subscribed("$share/g/t");
    absent.connected = false;
    routeMany(4, "t");
    assertThat(present.takeTexts()).hasSize(4);
    assertThat(absent.takeTexts()).isEmpty();

    present.connected = false;
    routeMany(4, "t");
    assertThat(present.deliveries.size() + absent.deliveries.size()).isEqualTo(4);
  }

  @Test
  void aMemberWithAnOrdinarySubscriptionGetsBoth() {
    Recorder both = new Recorder("both", 0).subscribed("$share/g/t").subscribed("t");
    route("t", "m");

    assertThat(both.takeTexts()).containsExactly("m", "m");
  }

  @Test
  void aGroupDeliversWithTheOptionsOfTheMemberChosen() {
    TopicFilter filter = TopicFilter.of("$share/g/t");
    Recorder member =
        new Recorder("m", 0)
            .subscribed(filter.text(), new Subscription(AT_MOST_ONCE, false, true, 3));
    route("t", "m");

    assertThat(member.deliveries).hasSize(1);
    Grant grant = member.deliveries.getFirst().grant();
    assertThat(grant.maximumQos()).isEqualTo(AT_MOST_ONCE);
    assertThat(grant.retainAsPublished()).isTrue();
    assertThat(grant.subscriptionIdentifiers()).containsExactly(3);
    assertThat(Objects.requireNonNull(grant.group()).filter()).isEqualTo(filter);
  }
}
