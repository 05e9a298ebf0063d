package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Small trees are linearizable in each topic that one filter matches: all interleavings that
 * Lincheck chooses give results that some order of the same calls gives.
 *
 * <p>The filters are prefixes of one another, so that the nodes being made and dropped are shared.
 */
@Param(name = "filter", gen = IntGen.class, conf = "0:2")
@Param(name = "subscriber", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class TopicTreeLincheckTest {
  private static final List<TopicFilter> FILTERS =
      List.of(TopicFilter.of("a"), TopicFilter.of("a/+"), TopicFilter.of("$share/g/a/b/c"));
  private static final List<TopicName> TOPICS =
      List.of(TopicName.of("a"), TopicName.of("a/b"), TopicName.of("a/b/c"));

  private final TopicTree<Integer, Integer> tree = new TopicTree<>();

  @Operation
  public @Nullable Integer put(
      @Param(name = "filter") int filter,
      @Param(name = "subscriber") int subscriber,
      @Param(name = "value") int value) {
    return tree.put(FILTERS.get(filter), subscriber, value);
  }

  @Operation
  public @Nullable Integer remove(
      @Param(name = "filter") int filter, @Param(name = "subscriber") int subscriber) {
    return tree.remove(FILTERS.get(filter), subscriber);
  }

  @Operation
  public List<String> match(@Param(name = "filter") int topic) {
    List<String> matched = Matches.of(tree, TOPICS.get(topic));
    matched.sort(String::compareTo);
    return matched;
  }

  @Test
  void modelCheckedInterleavingsAreLinearizable() {
    // Many short histories find more than a few long ones in the same time.
    new ModelCheckingOptions()
        .iterations(60)
        .invocationsPerIteration(50)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(TopicTreeLincheckTest.class);
  }
}
