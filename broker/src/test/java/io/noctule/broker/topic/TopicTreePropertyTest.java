package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tree agrees with a plain map and a plain matcher, whatever is put and removed. */
class TopicTreePropertyTest {
  private record Key(TopicFilter filter, int subscriber) {}

  /** Puts the value, or removes where it is negative. */
  record Change(TopicFilter filter, int subscriber, int value) {}

  @Property(tries = 500)
  void agreesWithAModelAndEndsEmpty(
      @ForAll("changes") List<Change> changes, @ForAll("names") List<TopicName> topics) {
    TopicTree<Integer, Integer> tree = new TopicTree<>();
    Map<Key, Integer> model = new HashMap<>();
    for (Change change : changes) {
      apply(change, tree, model);
    }

    assertThat(tree.size()).isEqualTo(model.size());
    for (TopicName topic : topics) {
      assertThat(Matches.of(tree, topic))
          .containsExactlyInAnyOrderElementsOf(expected(model, topic));
    }

    model.forEach(
        (key, value) -> assertThat(tree.remove(key.filter, key.subscriber)).isEqualTo(value));
    assertThat(tree.size()).isZero();
    assertThat(tree.nodeCount()).isZero();
  }

  private static void apply(
      Change change, TopicTree<Integer, Integer> tree, Map<Key, Integer> model) {
    Key key = new Key(change.filter, change.subscriber);
    long before = tree.version();
    if (change.value >= 0) {
      assertThat(tree.put(change.filter, change.subscriber, change.value))
          .isEqualTo(model.put(key, change.value));
      assertThat(tree.version()).isNotEqualTo(before);
      return;
    }
    Integer removed = model.remove(key);
    assertThat(tree.remove(change.filter, change.subscriber)).isEqualTo(removed);
    assertThat(tree.version() != before).isEqualTo(removed != null);
  }

  private static List<String> expected(Map<Key, Integer> model, TopicName topic) {
    List<String> told = new ArrayList<>();
    model.forEach(
        (key, value) -> {
          if (NaiveMatcher.matches(key.filter, topic)) {
            String group = key.filter.isShared() ? key.filter + ":" : "";
            told.add(group + key.subscriber + "=" + value);
          }
        });
    return told;
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Topics.filters(),
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(-2, 4))
        .as(Change::new)
        .list()
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<TopicName>> names() {
    return Topics.names().list().ofSize(10);
  }
}
