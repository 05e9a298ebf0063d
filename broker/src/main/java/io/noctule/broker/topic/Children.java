package io.noctule.broker.topic;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node by level: an immutable list of few, a concurrent map of many; at least
 * one.
 *
 * <p>Read by any thread; changed by the holder of the tree's lock, who puts what {@link #with} and
 * {@link #without} answer in the place of this. A reader that still holds the former object misses
 * only changes that had not ended when it began.
 */
abstract sealed class Children<N extends TopicNode<N>> {
  /** Up to here a scan is as quick as a hash and takes less memory. */
  static final int MOST_IN_LIST = 8;

  /**
   * From many to few only well below, so that one child coming and going does not copy them all.
   */
  static final int LEAST_IN_MAP = MOST_IN_LIST / 2;

  static <N extends TopicNode<N>> Children<N> of(N child) {
    return new Few<>(List.of(child));
  }

  abstract @Nullable N find(LevelCursor cursor);

  abstract @Nullable N find(Level level);

  /** Weakly consistent: tells each child that stays throughout exactly once. */
  abstract Iterator<N> iterator();

  /** These and one more, of a level that has none yet. */
  abstract Children<N> with(N child);

  /** These without one of them; null where none is left. */
  abstract @Nullable Children<N> without(N child);

  private static final class Few<N extends TopicNode<N>> extends Children<N> {
    private final List<N> nodes;

    Few(List<N> nodes) {
      this.nodes = nodes;
    }

    @Override
    @Nullable N find(LevelCursor cursor) {
      for (int i = 0, size = nodes.size(); i < size; i++) {
        N node = nodes.get(i);
        if (cursor.equalsLevel(node.level)) {
          return node;
        }
      }
      return null;
    }

    @Override
    @Nullable N find(Level level) {
      for (N node : nodes) {
        if (node.level.equals(level)) {
          return node;
        }
      }
      return null;
    }

    @Override
    Iterator<N> iterator() {
      return nodes.iterator();
    }

    @Override
    Children<N> with(N child) {
      if (nodes.size() == MOST_IN_LIST) {
        return new Many<>(nodes, child);
      }
      List<N> more = new ArrayList<>(nodes);
      more.add(child);
      return new Few<>(List.copyOf(more));
    }

    @Override
    @Nullable Children<N> without(N child) {
      List<N> fewer = new ArrayList<>(nodes);
      fewer.remove(child);
      return fewer.isEmpty() ? null : new Few<>(List.copyOf(fewer));
    }
  }

  private static final class Many<N extends TopicNode<N>> extends Children<N> {
    private final ConcurrentHashMap<Level, N> nodes = new ConcurrentHashMap<>(4 * MOST_IN_LIST);

    Many(List<N> few, N oneMore) {
      few.forEach(node -> nodes.put(node.level, node));
      nodes.put(oneMore.level, oneMore);
    }

    @Override
    @Nullable N find(LevelCursor cursor) {
      return nodes.get(cursor.toRegion());
    }

    @Override
    @Nullable N find(Level level) {
      return nodes.get(level);
    }

    @Override
    Iterator<N> iterator() {
      return nodes.values().iterator();
    }

    @Override
    Children<N> with(N child) {
      nodes.put(child.level, child);
      return this;
    }

    @Override
    Children<N> without(N child) {
      nodes.remove(child.level);
      return nodes.size() <= LEAST_IN_MAP ? new Few<>(List.copyOf(nodes.values())) : this;
    }
  }
}
