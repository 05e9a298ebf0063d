package io.noctule.access.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * What two filters have in common, and whether some cover one, agrees with counting topics one by
 * one. The topics have one name more than the filters ("z"), and one level more.
 */
class LevelsPropertyTest {
  private static final List<String> FILTER_NAMES = List.of("a", "b", "$s", "", "+", "+");
  private static final List<String> TOPIC_NAMES = List.of("a", "b", "$s", "", "z");
  private static final int FILTER_LEVELS = 3;
  private static final List<String> TOPICS = topics(FILTER_LEVELS + 2);

  private static List<String> topics(int levels) {
    List<String> all = new ArrayList<>();
    List<String> longest = TOPIC_NAMES;
    for (int i = 1; i <= levels; i++) {
      all.addAll(longest);
      longest =
          longest.stream()
              .flatMap(start -> TOPIC_NAMES.stream().map(name -> start + "/" + name))
              .toList();
    }
    all.remove(""); // No topic at all.
    return all;
  }

  /** Section 4.7 in as few words as possible. */
  private static boolean matches(String filter, String topic) {
    boolean hidden = topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"));
    return !hidden && matches(List.of(filter.split("/", -1)), List.of(topic.split("/", -1)));
  }

  private static boolean matches(List<String> filter, List<String> topic) {
    if (filter.equals(List.of("#"))) {
      return true;
    }
    if (filter.isEmpty() || topic.isEmpty()) {
      return filter.isEmpty() && topic.isEmpty();
    }
    return (filter.getFirst().equals("+") || filter.getFirst().equals(topic.getFirst()))
        && matches(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
  }

  @Property(tries = 400)
  void whatTwoHaveInCommonIsWhatBothMatch(
      @ForAll("filters") String one, @ForAll("filters") String other) {
    Levels common = Levels.of(one).intersect(Levels.of(other));
    List<String> expected =
        TOPICS.stream().filter(topic -> matches(one, topic) && matches(other, topic)).toList();

    assertThat(
            common == null
                ? List.<String>of()
                : TOPICS.stream().filter(topic -> matches(common.toString(), topic)).toList())
        .isEqualTo(expected);
  }

  @Property(tries = 400)
  void someCoverOneWhereNoTopicIsLeft(
      @ForAll("filters") String wanted,
      @ForAll @Size(max = 4) List<@net.jqwik.api.From("filters") String> given) {
    boolean left =
        TOPICS.stream()
            .anyMatch(
                topic ->
                    matches(wanted, topic) && given.stream().noneMatch(f -> matches(f, topic)));

    assertThat(Levels.of(wanted).isCoveredBy(given.stream().map(Levels::of).toList()))
        .as("%s by %s", wanted, given)
        .isEqualTo(!left);
  }

  @Example
  void theWholeIsTheSumOfItsParts() {
    assertThat(Levels.of("a/#").isCoveredBy(levels("a", "a/+/#"))).isTrue();
    assertThat(Levels.of("a/#").isCoveredBy(levels("a/+/#"))).isFalse();
    assertThat(Levels.of("#").isCoveredBy(levels("+/#"))).isTrue();
    assertThat(Levels.of("#").isCoveredBy(levels("+", "+/+", "+/+/+/#"))).isTrue();
    assertThat(Levels.of("/#").isCoveredBy(levels("/+/#"))).isTrue();
    assertThat(Levels.of("a/+").isCoveredBy(levels("a/b", "a/c"))).isFalse();
    assertThat(Levels.of("$SYS/#").isCoveredBy(levels("#"))).isFalse();
    assertThat(Levels.of("$SYS/#").isCoveredBy(List.of(Levels.EVERYTHING))).isTrue();
  }

  private static List<Levels> levels(String... filters) {
    return Stream.of(filters).map(Levels::of).toList();
  }

  @Provide
  Arbitrary<String> filters() {
    Arbitrary<List<String>> names =
        Arbitraries.of(FILTER_NAMES).list().ofMinSize(0).ofMaxSize(FILTER_LEVELS);
    return Combinators.combine(names, Arbitraries.of(true, false))
        .as(
            (levels, open) ->
                Stream.concat(levels.stream(), open ? Stream.of("#") : Stream.empty())
                    .collect(Collectors.joining("/")))
        .filter(filter -> !filter.isEmpty());
  }
}
