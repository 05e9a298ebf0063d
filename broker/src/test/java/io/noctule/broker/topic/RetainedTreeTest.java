package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetainedTreeTest {
  private final RetainedTree<Object> tree = new RetainedTree<>();

  @Test
  void keepsOneValuePerTopic() {
    TopicName topic = TopicName.of("a/b");

    assertThat(tree.put(topic, "first")).isNull();
    assertThat(tree.put(topic, "second")).isEqualTo("first");
    assertThat(tree.get(topic)).isEqualTo("second");
    assertThat(tree.get(TopicName.of("a"))).isNull();
    assertThat(tree.size()).isEqualTo(1);

    assertThat(tree.remove(topic)).isEqualTo("second");
    assertThat(tree.remove(topic)).isNull();
    assertThat(tree.size()).isZero();
    assertThat(tree.nodeCount()).isZero();
  }

  @Test
  void expiryRemovesOnlyTheVeryValueThatExpired() {
    record Message(String payload) {}
    TopicName topic = TopicName.of("a/b");
    Message expired = new Message("same");
    tree.put(topic, expired);
    tree.put(topic, new Message("same"));

    assertThat(tree.remove(topic, expired)).isFalse();
    assertThat(tree.remove(TopicName.of("a"), expired)).isFalse();
    assertThat(tree.remove(TopicName.of("x"), expired)).isFalse();
    assertThat(tree.size()).isEqualTo(1);

    tree.put(topic, expired);
    assertThat(tree.remove(topic, expired)).isTrue();
    assertThat(tree.nodeCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 9, 100})
  void findsValuesByWildcards(int count) {
    IntStream.range(0, count)
        .forEach(
            i -> {
              tree.put(TopicName.of("a/" + i), i);
              tree.put(TopicName.of("a/" + i + "/b"), i + "b");
            });
    tree.put(TopicName.of("a"), "a");
    tree.put(TopicName.of("$a/0"), "$");

    assertThat(Matches.of(tree, "#")).hasSize(2 * count + 1);
    assertThat(Matches.of(tree, "a/#")).hasSize(2 * count + 1);
    assertThat(Matches.of(tree, "a/+")).hasSize(count);
    assertThat(Matches.of(tree, "+/+/b")).hasSize(count);
    assertThat(Matches.of(tree, "+/0/#")).containsExactlyInAnyOrder(0, "0b");
    assertThat(Matches.of(tree, "$a/+")).containsExactly("$");
    assertThat(Matches.of(tree, "a")).containsExactly("a");
    assertThat(Matches.of(tree, "a/x/b")).isEmpty();
  }

  @Test
  void survivesTheDeepestTopics() {
    TopicName slashes = TopicName.of("/".repeat(65_535));
    tree.put(slashes, "deep");

    assertThat(tree.get(slashes)).isEqualTo("deep");
    assertThat(Matches.of(tree, "#")).containsExactly("deep");
    assertThat(Matches.of(tree, "+" + "/+".repeat(32_766) + "/#")).containsExactly("deep");
    assertThat(Matches.of(tree, slashes.text())).containsExactly("deep");

    assertThat(tree.remove(slashes)).isEqualTo("deep");
    assertThat(tree.nodeCount()).isZero();
  }
}
