package io.noctule.broker.retained;

import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.Messages;
import io.noctule.broker.message.Publication;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetainedMessagesTest {
  private static final long PLENTY = 1 << 30;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RetainedMessages retained = new RetainedMessages(100, PLENTY);

  private static Publication message(String topic, String text) {
    return Messages.retained(topic, text, AT_LEAST_ONCE);
  }

  private static Publication expiring(String topic, long seconds) {
    return Messages.message(topic, "m", AT_LEAST_ONCE, true, Messages.expiry(seconds), 0);
  }

  /** What a message takes in a store. */
  private static long bytesOf(Publication publication) {
    RetainedMessages alone = new RetainedMessages(1, PLENTY);
    alone.put(publication);
    return alone.bytes();
  }

  private List<String> texts(String filter, long now) {
    return retained.match(TopicFilter.of(filter), now).stream().map(Messages::text).toList();
  }

  @Test
  void theLastMessageOfATopicStays() {
    Publication former = message("a", "1");
    Publication latter = message("a", "2");
    assertThat(retained.put(former)).isTrue();
    assertThat(retained.put(latter)).isTrue();

    assertThat(texts("#", 0)).containsExactly("2");
    assertThat(retained.isCurrent(former)).isFalse();
    assertThat(retained.isCurrent(latter)).isTrue();
    assertThat(retained.bytes()).isEqualTo(bytesOf(latter));
  }

  /** [MQTT-3.3.1-6] [MQTT-3.3.1-11]. */
  @Test
  void anEmptyPayloadRemoves() {
    retained.put(message("a", "1"));
    assertThat(retained.put(message("a", ""))).isTrue();
    assertThat(retained.put(message("never/there", ""))).isTrue();

    assertThat(retained.size()).isZero();
    assertThat(retained.bytes()).isZero();
    assertThat(retained.get(TopicName.of("a"), 0)).isNull();
  }

  @Test
  void theLimitOnMessagesHoldsForNewTopicsOnly() {
    RetainedMessages two = new RetainedMessages(2, PLENTY);
    two.put(message("a", "1"));
    two.put(message("b", "1"));

    assertThat(two.put(message("c", "1"))).isFalse();
    assertThat(two.put(message("a", "2"))).isTrue();
    assertThat(two.put(message("b", ""))).isTrue();
    assertThat(two.put(message("c", "1"))).isTrue();
    assertThat(two.size()).isEqualTo(2);
  }

  @Test
  void theLimitOnBytesHolds() {
    long one = bytesOf(message("a", "1"));
    RetainedMessages two = new RetainedMessages(100, 2 * one);
    assertThat(two.put(message("a", "1"))).isTrue();
    assertThat(two.put(message("b", "1"))).isTrue();
    assertThat(two.put(message("c", "1"))).isFalse();

    assertThat(two.bytes()).isEqualTo(2 * one);
    assertThat(two.get(TopicName.of("c"), 0)).isNull();
  }

  @Test
  void aMessageMayReplaceOneOfItsSizeInAFullStore() {
    RetainedMessages full = new RetainedMessages(100, bytesOf(message("a", "1")));
    full.put(message("a", "1"));

    assertThat(full.put(message("a", "2"))).isTrue();
    assertThat(full.match(TopicFilter.of("a"), 0)).extracting(Messages::text).containsExactly("2");
  }

  @Test
  void whatIsNotKeptLeavesNoOlderMessageInItsPlace() {
    RetainedMessages full = new RetainedMessages(100, bytesOf(message("a", "1")));
    full.put(message("a", "1"));

    assertThat(full.put(message("a", "too long"))).isFalse();
    assertThat(full.size()).isZero();
    assertThat(full.bytes()).isZero();
  }

  @Test
  void anExpiredMessageIsNeitherMatchedNorKept() {
    retained.put(expiring("a", 5));
    retained.put(message("b", "stays"));
    assertThat(texts("#", 5 * SECOND - 1)).hasSize(2);
    assertThat(retained.get(TopicName.of("a"), 5 * SECOND)).isNull();

    assertThat(texts("#", 5 * SECOND)).containsExactly("stays");
    assertThat(retained.size()).isOne();
    assertThat(retained.bytes()).isEqualTo(bytesOf(message("b", "stays")));
  }

  @Test
  void expiredMessagesGoWithoutBeingAskedFor() {
    retained.put(expiring("a", 5));
    retained.put(expiring("b", 6));
    retained.removeExpired(5 * SECOND);
    assertThat(retained.size()).isOne();
    retained.removeExpired(6 * SECOND);

    assertThat(retained.size()).isZero();
    assertThat(retained.bytes()).isZero();
  }

  /** Each step puts a message of that many bytes to a topic, or removes it where it is 0. */
  @Property(tries = 200)
  void theAccountAgreesWithWhatIsThere(
      @ForAll @Size(max = 100) List<@IntRange(max = 59) Integer> steps) {
    RetainedMessages store = new RetainedMessages(5, 2_500);
    for (int step : steps) {
      String topic = "t/" + step % 6;
      Publication publication = Messages.large(topic, step / 6, AT_LEAST_ONCE, true);
      boolean kept = store.put(publication);
      assertThat(store.isCurrent(publication)).isEqualTo(kept && step / 6 > 0);
      List<Publication> all = store.match(TopicFilter.of("#"), 0);
      assertThat(store.bytes())
          .isEqualTo(all.stream().mapToLong(RetainedMessagesTest::bytesOf).sum())
          .isLessThanOrEqualTo(2_500);
      assertThat(store.size()).isEqualTo(all.size()).isLessThanOrEqualTo(5);
    }
    for (int i = 0; i < 6; i++) {
      store.put(message("t/" + i, ""));
    }

    assertThat(store.bytes()).isZero();
    assertThat(store.size()).isZero();
  }
}
