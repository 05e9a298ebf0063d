package io.noctule.bench;

import io.noctule.broker.topic.SharedGroup;
import io.noctule.broker.topic.TopicTree;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Matching a topic against 1 to 10,000 filters: time of one match. Run with {@code -prof gc} for
 * the bytes allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TopicTreeBenchmark {
  /** A power of two, so that {@code &} picks one. */
  private static final int TOPICS = 64;

  private static final TopicName NEWS = TopicName.of("building/news");

  /** How many filters there are. */
  @Param({"1", "100", "10000"})
  private int filters;

  private final TopicTree<Integer, Integer> own = new TopicTree<>();
  private final TopicTree<Integer, Integer> wildcards = new TopicTree<>();
  private final TopicTree<Integer, Integer> fanOut = new TopicTree<>();
  private final TopicName[] ownTopics = new TopicName[TOPICS];
  private final TopicName[] roomTopics = new TopicName[TOPICS];
  private int next;

  /** Fills the trees; the topics asked for lie evenly among the filters. */
  @Setup
  public void fill() {
    for (int i = 0; i < filters; i++) {
      own.put(TopicFilter.of("config_change/device-" + i), i, i);
      wildcards.put(TopicFilter.of("building/+/room-" + i + "/#"), i, i);
      fanOut.put(TopicFilter.of("building/news"), i, i);
    }
    wildcards.put(TopicFilter.of("#"), -1, -1);
    wildcards.put(TopicFilter.of("+/floor-1/+/temperature"), -2, -2);
    for (int i = 0; i < TOPICS; i++) {
      int filter = (int) ((long) i * filters / TOPICS);
      ownTopics[i] = TopicName.of("config_change/device-" + filter);
      roomTopics[i] = TopicName.of("building/floor-1/room-" + filter + "/temperature");
    }
  }

  /** Each subscriber has a topic of its own: one match. */
  @Benchmark
  public void ownTopic(Blackhole told) {
    own.match(ownTopics[next++ & (TOPICS - 1)], new Told(told));
  }

  /** Filters with {@code +} and {@code #}: three matches. */
  @Benchmark
  public void wildcards(Blackhole told) {
    wildcards.match(roomTopics[next++ & (TOPICS - 1)], new Told(told));
  }

  /** All subscribers have the same filter: each one matches. */
  @Benchmark
  public void fanOut(Blackhole told) {
    fanOut.match(NEWS, new Told(told));
  }

  private record Told(Blackhole to) implements TopicTree.Visitor<Integer, Integer> {
    @Override
    public void subscription(Integer subscriber, Integer subscription) {
      to.consume(subscriber);
    }

    @Override
    public void group(SharedGroup<Integer, Integer> group) {
      to.consume(group);
    }
  }
}
