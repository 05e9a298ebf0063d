package io.noctule.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AliasesTest {
  private final IncomingAliases incoming = new IncomingAliases(10);

  private static Publish publish(@Nullable String topic, int alias) {
    return new Publish(
        topic == null ? null : TopicName.of(topic),
        alias,
        QoS.AT_MOST_ONCE,
        false,
        false,
        0,
        PublishProperties.NONE,
        Unpooled.EMPTY_BUFFER);
  }

  private String resolve(@Nullable String topic, int alias) throws ProtocolException {
    return incoming.resolve(publish(topic, alias)).text();
  }

  private void assertRefused(@Nullable String topic, int alias, ReasonCode reasonCode) {
    assertThatThrownBy(() -> resolve(topic, alias))
        .isInstanceOfSatisfying(
            ProtocolException.class, fault -> assertThat(fault.reasonCode()).isEqualTo(reasonCode));
  }

  @Test
  void aNameWithAnAliasSetsIt() throws ProtocolException {
    assertThat(resolve("a", 1)).isEqualTo("a");
    assertThat(resolve("b", 10)).isEqualTo("b");
    assertThat(resolve(null, 1)).isEqualTo("a");
    assertThat(resolve(null, 10)).isEqualTo("b");
    assertThat(resolve("c", 1)).isEqualTo("c");
    assertThat(resolve(null, 1)).isEqualTo("c");
    assertThat(resolve("d", Publish.NO_ALIAS)).isEqualTo("d");
  }

  /** [MQTT-3.3.2-9]. */
  @Test
  void anAliasAboveTheMaximumIsInvalid() {
    assertRefused("a", 11, ReasonCode.TOPIC_ALIAS_INVALID);
    assertRefused(null, 65_535, ReasonCode.TOPIC_ALIAS_INVALID);
  }

  @Test
  void anAliasThatWasNotSetIsAProtocolError() throws ProtocolException {
    assertRefused(null, 1, ReasonCode.PROTOCOL_ERROR);
    resolve("a", 2);
    assertRefused(null, 1, ReasonCode.PROTOCOL_ERROR);
    assertRefused(null, 10, ReasonCode.PROTOCOL_ERROR);
    assertRefused(null, Publish.NO_ALIAS, ReasonCode.PROTOCOL_ERROR);
  }

  @Test
  void withoutAMaximumThereAreNone() throws ProtocolException {
    IncomingAliases none = new IncomingAliases(0);
    assertThat(none.resolve(publish("a", Publish.NO_ALIAS)).text()).isEqualTo("a");
    assertThatThrownBy(() -> none.resolve(publish("a", 1))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void theTopicsUsedLastKeepTheirAliases() {
    OutgoingAliases outgoing = new OutgoingAliases(2);
    assertThat(outgoing.known(TopicName.of("a"))).isEqualTo(Publish.NO_ALIAS);
    assertThat(outgoing.take(TopicName.of("a"))).isEqualTo(1);
    assertThat(outgoing.take(TopicName.of("b"))).isEqualTo(2);
    assertThat(outgoing.known(TopicName.of("a"))).isEqualTo(1);

    assertThat(outgoing.take(TopicName.of("c"))).as("that of b").isEqualTo(2);
    assertThat(outgoing.known(TopicName.of("b"))).isEqualTo(Publish.NO_ALIAS);
    assertThat(outgoing.known(TopicName.of("a"))).isEqualTo(1);
  }

  /** Both ends see the same topics, whatever is sent. */
  @Property(tries = 200)
  void theReceiverResolvesWhatTheSenderMeant(
      @ForAll @Size(max = 200) List<@IntRange(max = 12) Integer> topics,
      @ForAll @IntRange(min = 1, max = 8) int maximum)
      throws ProtocolException {
    OutgoingAliases sender = new OutgoingAliases(maximum);
    IncomingAliases receiver = new IncomingAliases(maximum);
    List<Integer> lastUsed = new ArrayList<>();
    Set<Integer> uses = new HashSet<>();
    for (Integer topic : topics) {
      TopicName name = TopicName.of("t/" + topic);
      int known = sender.known(name);
      boolean isKnown = known != Publish.NO_ALIAS;
      assertThat(isKnown)
          .isEqualTo(lastUsed.indexOf(topic) >= 0 && lastUsed.indexOf(topic) < maximum);
      lastUsed.removeIf(topic::equals);
      lastUsed.addFirst(topic);
      int alias = isKnown ? known : sender.take(name);
      uses.add(alias);
      assertThat(receiver.resolve(publish(isKnown ? null : name.text(), alias))).isEqualTo(name);
    }

    assertThat(uses).allMatch(alias -> alias >= 1 && alias <= maximum);
  }
}
