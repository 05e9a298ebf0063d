package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;

/** What a match of a tree told, in words that tests compare. */
final class Matches {
  private Matches() {}

  /**
   * {@code SUBSCRIBER=SUBSCRIPTION}, and {@code FILTER:SUBSCRIBER=SUBSCRIPTION} of group members.
   */
  static <K, V> List<String> of(TopicTree<K, V> tree, TopicName topic) {
    List<String> told = new ArrayList<>();
    tree.match(
        topic,
        new TopicTree.Visitor<K, V>() {
          @Override
          public void subscription(K subscriber, V subscription) {
            told.add(subscriber + "=" + subscription);
          }

          @Override
          public void group(SharedGroup<K, V> group) {
            for (SharedGroup.Member<K, V> member : group.members()) {
              told.add(group.filter() + ":" + member.subscriber() + "=" + member.subscription());
            }
          }
        });
    return told;
  }

  static <K, V> List<SharedGroup<K, V>> groups(TopicTree<K, V> tree, String topic) {
    List<SharedGroup<K, V>> groups = new ArrayList<>();
    tree.match(
        TopicName.of(topic),
        new TopicTree.Visitor<K, V>() {
          @Override
          public void subscription(K subscriber, V subscription) {
            throw new AssertionError("only groups expected, not " + subscriber);
          }

          @Override
          public void group(SharedGroup<K, V> group) {
            groups.add(group);
          }
        });
    return groups;
  }

  static <M> List<M> of(RetainedTree<M> tree, String filter) {
    List<M> told = new ArrayList<>();
    tree.match(TopicFilter.of(filter), told::add);
    assertThat(told).doesNotHaveDuplicates();
    return told;
  }
}
