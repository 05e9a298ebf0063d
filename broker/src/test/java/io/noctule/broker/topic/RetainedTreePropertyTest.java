package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tree agrees with a plain map and a plain matcher, whatever is put and removed. */
class RetainedTreePropertyTest {
  /** Puts the topic and a number as its value, or removes where the number is negative. */
  record Change(TopicName topic, int value) {}

  @Property(tries = 500)
  void agreesWithAModelAndEndsEmpty(
      @ForAll("changes") List<Change> changes, @ForAll("filters") List<TopicFilter> filters) {
    RetainedTree<String> tree = new RetainedTree<>();
    Map<TopicName, String> model = new HashMap<>();
    for (Change change : changes) {
      TopicName topic = change.topic;
      if (change.value < 0) {
        assertThat(tree.remove(topic)).isEqualTo(model.remove(topic));
      } else {
        String value = topic + "=" + change.value;
        assertThat(tree.put(topic, value)).isEqualTo(model.put(topic, value));
      }
      assertThat(tree.get(topic)).isEqualTo(model.get(topic));
    }

    assertThat(tree.size()).isEqualTo(model.size());
    for (TopicFilter filter : filters) {
      Predicate<TopicName> matches = topic -> NaiveMatcher.matches(filter, topic);
      assertThat(Matches.of(tree, filter.text()))
          .containsExactlyInAnyOrderElementsOf(
              model.keySet().stream().filter(matches).map(model::get).toList());
    }

    model.forEach((topic, value) -> assertThat(tree.remove(topic, value)).isTrue());
    assertThat(tree.size()).isZero();
    assertThat(tree.nodeCount()).isZero();
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(Topics.names(), Arbitraries.integers().between(-2, 4))
        .as(Change::new)
        .list()
        .ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<TopicFilter>> filters() {
    return Topics.filters().list().ofSize(10);
  }
}
