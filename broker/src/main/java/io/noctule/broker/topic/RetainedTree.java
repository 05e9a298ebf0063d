package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic name, found by exact name or by filter: the retained messages of a broker.
 *
 * <p>Read by any thread without waiting. A value in the place of another is put without waiting as
 * well; only the first value of a topic and its removal take the one lock of the tree.
 *
 * @param <M> the values
 */
public final class RetainedTree<M> {
  private final RetainedNode<M> root = new RetainedNode<>(Level.EMPTY);
  private final ReentrantLock changing = new ReentrantLock();
  private final AtomicInteger size = new AtomicInteger();

  /**
   * Puts a value in the place of the one that the topic has [MQTT-3.3.1-5]. Any thread.
   *
   * @return the former value; null where there was none
   */
  public @Nullable M put(TopicName topic, M message) {
    RetainedNode<M> known = find(topic);
    if (known != null) {
      M former = replace(known, message);
      if (former != null) {
        return former;
      }
    }
    changing.lock();
    try {
      M former = findOrAdd(topic).message.getAndSet(message);
      if (former == null) {
        size.incrementAndGet();
      }
      return former;
    } finally {
      changing.unlock();
    }
  }

  /** Puts a value in the place of another, never in the place of none. */
  private static <M> @Nullable M replace(RetainedNode<M> node, M message) {
    M former = node.message.get();
    while (former != null && !node.message.compareAndSet(former, message)) {
      former = node.message.get();
    }
    return former;
  }

  private RetainedNode<M> findOrAdd(TopicName topic) {
    RetainedNode<M> node = root;
    LevelCursor cursor = new LevelCursor(topic.text());
    while (cursor.next()) {
      RetainedNode<M> child = node.child(cursor);
      if (child == null) {
        child = new RetainedNode<>(cursor.toLevel());
        node.add(child);
      }
      node = child;
    }
    return node;
  }

  /**
   * Removes the value of a topic. Any thread.
   *
   * @return what was removed; null where there was none
   */
  public @Nullable M remove(TopicName topic) {
    changing.lock();
    try {
      Deque<RetainedNode<M>> path = path(topic);
      M former = path.isEmpty() ? null : path.getFirst().message.getAndSet(null);
      if (former != null) {
        dropEmpty(path);
      }
      return former;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Removes the value of a topic if it is still this very object: for a value that has expired and
   * may have been replaced meanwhile. Any thread.
   *
   * @return whether it was removed
   */
  public boolean remove(TopicName topic, M expected) {
    changing.lock();
    try {
      Deque<RetainedNode<M>> path = path(topic);
      if (path.isEmpty() || !path.getFirst().message.compareAndSet(expected, null)) {
        return false;
      }
      dropEmpty(path);
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** The nodes from the one of the topic up to the root; none where the topic has no node. */
  private Deque<RetainedNode<M>> path(TopicName topic) {
    Deque<RetainedNode<M>> path = new ArrayDeque<>();
    path.push(root);
    LevelCursor cursor = new LevelCursor(topic.text());
    while (cursor.next()) {
      RetainedNode<M> child = path.getFirst().child(cursor);
      if (child == null) {
        return new ArrayDeque<>();
      }
      path.push(child);
    }
    return path;
  }

  private void dropEmpty(Deque<RetainedNode<M>> path) {
    size.decrementAndGet();
    RetainedNode<M> node = path.pop();
    while (node.isEmpty() && !path.isEmpty()) {
      RetainedNode<M> parent = path.pop();
      parent.drop(node);
      node = parent;
    }
  }

  /** The value of a topic; null where there is none. Any thread, never waits. */
  public @Nullable M get(TopicName topic) {
    RetainedNode<M> node = find(topic);
    return node == null ? null : node.message.get();
  }

  private @Nullable RetainedNode<M> find(TopicName topic) {
    RetainedNode<M> node = root;
    LevelCursor cursor = new LevelCursor(topic.text());
    while (node != null && cursor.next()) {
      node = node.child(cursor);
    }
    return node;
  }

  /**
   * Tells the visitor each value whose topic the filter matches, in no particular order; a share
   * name makes no difference. A filter that starts with a wildcard passes by topics that start with
   * {@code $} [MQTT-4.7.2-1].
   *
   * <p>Any thread, never waits. Of the changes made meanwhile it may show some and not others. What
   * the visitor throws ends the match and is thrown on.
   */
  public void match(TopicFilter filter, Consumer<? super M> visitor) {
    new FilterWalk<>(root, filter).forEach(visitor);
  }

  /** How many topics have a value. Any thread. */
  public int size() {
    return size.get();
  }

  /** How many nodes there are below the root: none in an empty tree. Walks them all. */
  int nodeCount() {
    return root.countBelow();
  }
}
