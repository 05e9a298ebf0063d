package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Topics of a few short levels, so that generated filters and names often meet. */
final class Topics {
  private static final Arbitrary<String> LEVEL = Arbitraries.of("a", "b", "", "$", "$a");
  private static final Arbitrary<String> FILTER_LEVEL =
      Arbitraries.frequencyOf(Tuple.of(3, LEVEL), Tuple.of(2, Arbitraries.just("+")));

  private Topics() {}

  static Arbitrary<TopicName> names() {
    return joined(LEVEL.list().ofMinSize(1).ofMaxSize(4)).map(TopicName::of);
  }

  /** Filters, a third of them shared. */
  static Arbitrary<TopicFilter> filters() {
    Arbitrary<String> plain =
        Combinators.combine(
                FILTER_LEVEL.list().ofMinSize(0).ofMaxSize(4), Arbitraries.of(true, false, false))
            .as(Topics::withMultiLevel)
            .map(levels -> String.join("/", levels))
            .filter(text -> !text.isEmpty());
    Arbitrary<String> prefix = Arbitraries.of("", "", "", "", "$share/g/", "$share/$h/");
    return Combinators.combine(prefix, plain).as(String::concat).map(TopicFilter::of);
  }

  private static List<String> withMultiLevel(List<String> levels, boolean multiLevel) {
    return multiLevel ? Stream.concat(levels.stream(), Stream.of("#")).toList() : levels;
  }

  private static Arbitrary<String> joined(Arbitrary<List<String>> levels) {
    return levels.map(list -> String.join("/", list)).filter(text -> !text.isEmpty());
  }
}
