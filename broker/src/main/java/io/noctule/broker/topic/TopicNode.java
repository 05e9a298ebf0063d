package io.noctule.broker.topic;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A node of a tree of topic levels: read by any thread, changed by the holder of the tree's lock.
 *
 * @param <N> the type of the nodes of the tree
 */
abstract class TopicNode<N extends TopicNode<N>> {
  final Level level;
  private volatile @Nullable Children<N> children;

  TopicNode(Level level) {
    this.level = level;
  }

  /** Whether nothing hangs on this node, so that its parent may drop it. */
  abstract boolean isEmpty();

  /** The child whose text is the cursor's level; null where there is none. */
  final @Nullable N child(LevelCursor cursor) {
    Children<N> seen = children;
    return seen == null ? null : seen.find(cursor);
  }

  /** The child of a level; null where there is none. */
  final @Nullable N child(Level of) {
    Children<N> seen = children;
    return seen == null ? null : seen.find(of);
  }

  /** The children: weakly consistent, each that stays throughout exactly once. */
  final Iterator<N> children() {
    Children<N> seen = children;
    return seen == null ? Collections.emptyIterator() : seen.iterator();
  }

  final boolean hasChildren() {
    return children != null;
  }

  /** Adds a child of a level that has none yet. Under the tree's lock. */
  final void add(N child) {
    Children<N> seen = children;
    children = seen == null ? Children.of(child) : seen.with(child);
  }

  /** Drops a child. Under the tree's lock. */
  void drop(N child) {
    Children<N> seen = children;
    children = seen == null ? null : seen.without(child);
  }

  /** How many nodes hang below this one, itself not counted; walks them all. */
  final int countBelow() {
    int count = 0;
    Deque<Iterator<N>> open = new ArrayDeque<>();
    open.push(all());
    while (!open.isEmpty()) {
      Iterator<N> siblings = open.getFirst();
      if (siblings.hasNext()) {
        count++;
        open.push(siblings.next().all());
      } else {
        open.pop();
      }
    }
    return count;
  }

  /** All nodes directly below. */
  Iterator<N> all() {
    return children();
  }
}
