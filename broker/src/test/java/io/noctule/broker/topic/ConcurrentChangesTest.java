package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several threads change and read one tree: nothing is lost, and the end is the empty tree. */
class ConcurrentChangesTest {
  private static final int WRITERS = 3;
  private static final int CHANGES = 20_000;

  /** Filters whose nodes the writers make and drop under each other's hands. */
  private static final List<TopicFilter> FILTERS =
      List.of(
          TopicFilter.of("a"),
          TopicFilter.of("a/b"),
          TopicFilter.of("a/+/c"),
          TopicFilter.of("a/b/#"),
          TopicFilter.of("$share/g/a/b"),
          TopicFilter.of("$share/g/+/b/c"));

  private final AtomicInteger writing = new AtomicInteger(WRITERS);
  private final CyclicBarrier start = new CyclicBarrier(WRITERS + 1);

  @Test
  void eachWriterFindsItsOwnSubscriptions() throws Exception {
    TopicTree<Integer, Integer> tree = new TopicTree<>();
    tree.put(TopicFilter.of("a/b/c"), -1, 0);
    TopicName topic = TopicName.of("a/b/c");

    inParallel(
        writer -> changeSubscriptions(tree, writer),
        () -> assertThat(Matches.of(tree, topic)).contains("-1=0").doesNotHaveDuplicates());

    assertThat(tree.remove(TopicFilter.of("a/b/c"), -1)).isZero();
    assertThat(tree.size()).isZero();
    assertThat(tree.nodeCount()).isZero();
  }

  /** Puts and removes subscribers of its own, so that it knows what each call has to answer. */
  private static void changeSubscriptions(TopicTree<Integer, Integer> tree, int writer) {
    Random random = new Random(writer);
    // Enough subscribers in all to pass the border between arrays and maps both ways.
    int subscribers = 8;
    Map<TopicFilter, Map<Integer, Integer>> mine = new HashMap<>();
    FILTERS.forEach(filter -> mine.put(filter, new HashMap<>()));
    for (int change = 0; change < CHANGES; change++) {
      TopicFilter filter = FILTERS.get(random.nextInt(FILTERS.size()));
      int subscriber = writer * subscribers + random.nextInt(subscribers);
      Map<Integer, Integer> known = mine.getOrDefault(filter, Map.of());
      if (random.nextBoolean()) {
        assertThat(tree.put(filter, subscriber, change)).isEqualTo(known.put(subscriber, change));
      } else {
        assertThat(tree.remove(filter, subscriber)).isEqualTo(known.remove(subscriber));
      }
    }
    mine.forEach(
        (filter, known) ->
            known.forEach(
                (subscriber, value) ->
                    assertThat(tree.remove(filter, subscriber)).isEqualTo(value)));
  }

  @Test
  void aKeptResultIsCurrentAsLongAsTheVersionIs() throws Exception {
    record Kept(long version, List<String> found) {}
    TopicTree<Integer, Integer> tree = new TopicTree<>();
    TopicFilter filter = TopicFilter.of("a/+");
    TopicName topic = TopicName.of("a/b");
    AtomicReference<Kept> cache = new AtomicReference<>(new Kept(-1, List.of()));

    inParallel(
        writer -> {
          for (int change = 0; change < CHANGES; change++) {
            boolean puts = change % 2 == 0;
            if (puts) {
              tree.put(filter, writer, 0);
            } else {
              tree.remove(filter, writer);
            }
            Kept kept = cache.get();
            if (kept.version == tree.version()) {
              assertThat(kept.found.contains(writer + "=0")).isEqualTo(puts);
            }
          }
        },
        () -> {
          long version = tree.version();
          cache.set(new Kept(version, Matches.of(tree, topic)));
        });
  }

  @Test
  void retainedValuesAreReplacedAndRemovedExactlyOnce() throws Exception {
    RetainedTree<Integer> tree = new RetainedTree<>();
    List<TopicName> topics = List.of(TopicName.of("a"), TopicName.of("a/b"), TopicName.of("a/b/c"));
    // Each value put comes out once: as the former one of a put, or of a remove.
    AtomicInteger inside = new AtomicInteger();

    inParallel(
        writer -> {
          Random random = new Random(writer);
          for (int change = 0; change < CHANGES; change++) {
            TopicName topic = topics.get(random.nextInt(topics.size()));
            @Nullable Integer former;
            if (random.nextInt(3) > 0) {
              former = tree.put(topic, change);
              inside.incrementAndGet();
            } else {
              former = tree.remove(topic);
            }
            if (former != null) {
              inside.decrementAndGet();
            }
          }
        },
        () -> {
          List<Integer> found = new ArrayList<>();
          tree.match(TopicFilter.of("#"), found::add);
          assertThat(found).hasSizeLessThanOrEqualTo(topics.size());
        });

    assertThat(tree.size()).isEqualTo(inside.get());
    topics.forEach(tree::remove);
    assertThat(tree.size()).isZero();
    assertThat(tree.nodeCount()).isZero();
  }

  private interface Writer {
    void write(int number) throws Exception;
  }

  /** Runs the writers, and the reader again and again for as long as one of them runs. */
  private void inParallel(Writer writer, Runnable reader) throws Exception {
    try (var threads = Executors.newFixedThreadPool(WRITERS + 1)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        ends.add(
            threads.submit(
                (Callable<?>)
                    () -> {
                      start.await();
                      try {
                        writer.write(number);
                      } finally {
                        writing.decrementAndGet();
                      }
                      return number;
                    }));
      }
      ends.add(
          threads.submit(
              (Callable<?>)
                  () -> {
                    start.await();
                    while (writing.get() > 0) {
                      reader.run();
                    }
                    return 0;
                  }));
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }
}
