package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Small trees are linearizable in each topic: all interleavings that Lincheck chooses give results
 * that some order of the same calls gives. Of particular interest is a value put without the lock
 * while its node is being dropped.
 */
@Param(name = "topic", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class RetainedTreeLincheckTest {
  private static final List<TopicName> TOPICS = List.of(TopicName.of("a"), TopicName.of("a/b"));
  private static final List<TopicFilter> FILTERS =
      List.of(TopicFilter.of("+"), TopicFilter.of("a/+/#"));

  private final RetainedTree<Integer> tree = new RetainedTree<>();

  @Operation
  public @Nullable Integer put(@Param(name = "topic") int topic, @Param(name = "value") int value) {
    return tree.put(TOPICS.get(topic), value);
  }

  @Operation
  public @Nullable Integer remove(@Param(name = "topic") int topic) {
    return tree.remove(TOPICS.get(topic));
  }

  /** Small numbers are the same objects, whoever makes them. */
  @Operation
  public boolean expire(@Param(name = "topic") int topic, @Param(name = "value") int value) {
    return tree.remove(TOPICS.get(topic), value);
  }

  @Operation
  public @Nullable Integer get(@Param(name = "topic") int topic) {
    return tree.get(TOPICS.get(topic));
  }

  @Operation
  public List<Integer> match(@Param(name = "topic") int topic) {
    List<Integer> matched = new ArrayList<>();
    tree.match(FILTERS.get(topic), matched::add);
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
        .check(RetainedTreeLincheckTest.class);
  }
}
