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
 * A reader that keeps the result of a match for as long as the version stays, as an event loop
 * does, sees each change that has ended.
 */
@Param(name = "subscriber", gen = IntGen.class, conf = "1:1")
public class TopicTreeVersionLincheckTest {
  private static final TopicFilter FILTER = TopicFilter.of("a/+");
  private static final TopicName TOPIC = TopicName.of("a/b");

  private final TopicTree<Integer, Integer> tree = new TopicTree<>();
  private long keptVersion = -1;
  private List<String> kept = List.of();

  @Operation
  public @Nullable Integer put(@Param(name = "subscriber") int subscriber) {
    return tree.put(FILTER, subscriber, subscriber);
  }

  @Operation
  public @Nullable Integer remove(@Param(name = "subscriber") int subscriber) {
    return tree.remove(FILTER, subscriber);
  }

  /** One reader alone, since what it keeps is its own. */
  @Operation(nonParallelGroup = "reader")
  public List<String> match() {
    long version = tree.version();
    if (version != keptVersion) {
      kept = Matches.of(tree, TOPIC);
      kept.sort(String::compareTo);
      keptVersion = version;
    }
    return List.copyOf(kept);
  }

  @Test
  void modelCheckedInterleavingsAreLinearizable() {
    new ModelCheckingOptions()
        .iterations(20)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(TopicTreeVersionLincheckTest.class);
  }
}
