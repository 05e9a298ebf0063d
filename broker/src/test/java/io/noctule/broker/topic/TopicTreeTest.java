package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTreeTest {
  private final TopicTree<String, Integer> tree = new TopicTree<>();

  @Test
  void replacesTheSubscriptionToAnEqualFilter() {
    assertThat(put("a/+", "s", 1)).isNull();
    assertThat(put("a/+", "s", 2)).isEqualTo(1);

    assertThat(match("a/b")).containsExactly("s=2");
    assertThat(tree.size()).isEqualTo(1);
  }

  @Test
  void tellsASubscriberOncePerFilter() {
    put("a/b", "s", 1);
    put("a/+", "s", 2);
    put("#", "s", 3);

    assertThat(match("a/b")).containsExactlyInAnyOrder("s=1", "s=2", "s=3");
  }

  @Test
  void removesOnlyWhatIsThere() {
    put("a/b/c", "s", 1);
    long before = tree.version();

    assertThat(remove("a/b/c", "other")).isNull();
    assertThat(remove("a/b", "s")).isNull();
    assertThat(remove("a/b/c/d", "s")).isNull();
    assertThat(remove("$share/g/a/b/c", "s")).isNull();
    assertThat(tree.version()).isEqualTo(before);

    assertThat(remove("a/b/c", "s")).isEqualTo(1);
    assertThat(tree.nodeCount()).isZero();
  }

  @Test
  void keepsTheNodesThatOthersNeed() {
    put("a/b", "s", 1);
    put("a/b/c", "s", 2);

    remove("a/b", "s");
    assertThat(match("a/b/c")).containsExactly("s=2");
    assertThat(tree.nodeCount()).isEqualTo(3);

    put("a", "s", 3);
    remove("a/b/c", "s");
    assertThat(tree.nodeCount()).isEqualTo(1);
  }

  @Test
  void keepsGroupsApartByNameAndFilter() {
    put("$share/g/a", "s", 1);
    put("$share/h/a", "s", 2);
    put("$share/g/+", "s", 3);
    put("a", "s", 4);

    assertThat(match("a"))
        .containsExactlyInAnyOrder("$share/g/a:s=1", "$share/h/a:s=2", "$share/g/+:s=3", "s=4");
    assertThat(tree.size()).isEqualTo(4);
  }

  @Test
  void aGroupIsOneObjectAsLongAsItHasMembers() {
    put("$share/g/a", "s", 1);
    SharedGroup<String, Integer> group = onlyGroup();
    List<SharedGroup.Member<String, Integer>> alone = group.members();

    put("$share/g/a", "t", 2);
    remove("$share/g/a", "s");
    assertThat(onlyGroup()).isSameAs(group);
    assertThat(group.members()).containsExactly(new SharedGroup.Member<>("t", 2));
    assertThat(group.members()).isSameAs(group.members());
    assertThat(alone).containsExactly(new SharedGroup.Member<>("s", 1));

    remove("$share/g/a", "t");
    assertThat(group.members()).isEmpty();
    put("$share/g/a", "s", 3);
    assertThat(onlyGroup()).isNotSameAs(group);
    assertThat(onlyGroup().filter()).isEqualTo(TopicFilter.of("$share/g/a"));
  }

  /** Sizes around those at which arrays become maps and maps become arrays. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 100})
  void holdsManySubscribersChildrenAndGroups(int count) {
    List<String> prefixes = List.of("a/b", "a/b%d", "$share/g/a/b", "$share/g%d/a/b");
    for (int step = 0; step < 2; step++) {
      for (String filter : prefixes) {
        IntStream.range(0, count).forEach(i -> put(filter.formatted(i), "s" + i, i));
      }
      assertThat(tree.size()).isEqualTo(4 * count);
      assertThat(match("a/b")).doesNotHaveDuplicates().hasSize(3 * count);
      IntStream.range(0, count)
          .forEach(i -> assertThat(match("a/b" + i)).containsExactly("s" + i + "=" + i));

      for (String filter : prefixes) {
        // All but one, so that the map of many is left with one, then that one.
        for (int i = count - 1; i >= 0; i--) {
          assertThat(remove(filter.formatted(i), "s" + i)).isEqualTo(i);
        }
      }
      assertThat(tree.nodeCount()).isZero();
      assertThat(match("a/b")).isEmpty();
    }
  }

  @Test
  void survivesTheDeepestTopics() {
    String slashes = "/".repeat(65_535);
    String wildcards = "+" + "/+".repeat(32_766) + "/#";
    put(slashes, "exact", 1);
    put(wildcards, "wild", 2);

    assertThat(match(slashes)).containsExactlyInAnyOrder("exact=1", "wild=2");
    assertThat(tree.nodeCount()).isEqualTo(65_536 + 32_768);

    assertThat(remove(slashes, "exact")).isEqualTo(1);
    assertThat(remove(wildcards, "wild")).isEqualTo(2);
    assertThat(tree.nodeCount()).isZero();
  }

  @Test
  void levelsOfEqualHashAreDifferentLevels() {
    // "Aa" and "BB" have equal hashes, and so has every combination of them.
    List<String> levels = new ArrayList<>(List.of(""));
    for (int i = 0; i < 10; i++) {
      levels =
          levels.stream()
              .<String>mapMulti(
                  (s, sink) -> {
                    sink.accept(s + "Aa");
                    sink.accept(s + "BB");
                  })
              .toList();
    }
    levels.forEach(level -> put(level, level, 1));

    for (String level : levels) {
      assertThat(match(level)).containsExactly(level + "=1");
    }
    levels.forEach(level -> remove(level, level));
    assertThat(tree.nodeCount()).isZero();
  }

  @Test
  void throwsOnWhatTheVisitorThrows() {
    put("a", "s", 1);
    assertThatThrownBy(() -> Matches.groups(tree, "a")).isInstanceOf(AssertionError.class);
    assertThat(match("a")).containsExactly("s=1");
  }

  private @Nullable Integer put(String filter, String subscriber, int subscription) {
    return tree.put(TopicFilter.of(filter), subscriber, subscription);
  }

  private @Nullable Integer remove(String filter, String subscriber) {
    return tree.remove(TopicFilter.of(filter), subscriber);
  }

  private List<String> match(String topic) {
    return Matches.of(tree, TopicName.of(topic));
  }

  private SharedGroup<String, Integer> onlyGroup() {
    List<SharedGroup<String, Integer>> groups = Matches.groups(tree, "a");
    assertThat(groups).hasSize(1);
    return groups.getFirst();
  }
}
