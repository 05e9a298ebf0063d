package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the nodes that a filter matches, depth first: each node at most once, on a stack as
 * deep as the tree. For one thread and one use.
 */
final class FilterWalk<M> {
  private final RetainedNode<M> root;

  /** The levels of the filter without a last {@code #}; null for {@code +}. */
  private final List<@Nullable Level> levels = new ArrayList<>();

  private final boolean endsWithMultiLevel;
  private final boolean startsWithWildcard;

  /** The nodes yet to visit, by depth, deepest first. */
  private final Deque<Iterator<RetainedNode<M>>> open = new ArrayDeque<>();

  FilterWalk(RetainedNode<M> root, TopicFilter filter) {
    this.root = root;
    boolean multiLevel = false;
    LevelCursor cursor = new LevelCursor(filter.match());
    while (cursor.next()) {
      if (cursor.isMultiLevelWildcard()) {
        multiLevel = true;
      } else {
        levels.add(cursor.isSingleLevelWildcard() ? null : cursor.toRegion());
      }
    }
    endsWithMultiLevel = multiLevel;
    startsWithWildcard = levels.isEmpty() || levels.getFirst() == null;
  }

  void forEach(Consumer<? super M> visitor) {
    open.push(matchingBelow(root));
    while (!open.isEmpty()) {
      if (!open.getFirst().hasNext()) {
        open.pop();
        continue;
      }
      RetainedNode<M> node = open.getFirst().next();
      int depth = open.size();
      if (depth == 1 && startsWithWildcard && node.level.startsWithDollar()) {
        continue; // [MQTT-4.7.2-1]
      }
      // `#` includes the parent level, so that a node matches as soon as all other levels do.
      if (depth == levels.size() || (endsWithMultiLevel && depth > levels.size())) {
        M message = node.message.get();
        if (message != null) {
          visitor.accept(message);
        }
      }
      open.push(matchingBelow(node));
    }
  }

  /** The children that go on matching of a node whose depth is the number of iterators open. */
  private Iterator<RetainedNode<M>> matchingBelow(RetainedNode<M> node) {
    int depth = open.size();
    if (depth >= levels.size()) {
      return endsWithMultiLevel ? node.children() : Collections.emptyIterator();
    }
    Level level = levels.get(depth);
    if (level == null) {
      return node.children();
    }
    RetainedNode<M> child = node.child(level);
    return child == null ? Collections.emptyIterator() : List.of(child).iterator();
  }
}
