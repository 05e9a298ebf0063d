package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions by topic filter: read by all event loops without locks, changed by any thread.
 *
 * @param <K> who subscribes, by {@code equals}
 * @param <V> what a subscription holds: its options, say
 */
public final class TopicTree<K, V> {
  // Shape. A tree of levels, one node for each prefix of a filter, with `+` and `#` in fields of
  // their own. A shared subscription stands at the node of the filter that follows its share name,
  // so that the rule on `$` topics holds for it as well.
  //
  // Threads. One lock for all changes: a node is made, filled, emptied and dropped under it, so
  // nothing can be put into a node that is being dropped. Readers follow volatile fields to objects
  // that are immutable or concurrent maps: they see each change wholly or not at all, and of two
  // changes perhaps only the later.
  //
  // Cost. A match looks at the nodes whose prefix matches and at nothing else. Nothing recurses,
  // since a topic may have 65,535 levels.

  private final SubscriptionNode<K, V> root = new SubscriptionNode<>(Level.EMPTY);
  private final ReentrantLock changing = new ReentrantLock();
  private final AtomicLong version = new AtomicLong();
  private final AtomicInteger size = new AtomicInteger();

  /**
   * Adds a subscription, or replaces the one that the subscriber has to an equal filter
   * [MQTT-3.8.4-3]. Any thread; waits for other changes to end.
   *
   * @return the former subscription; null where there was none
   */
  public @Nullable V put(TopicFilter filter, K subscriber, V subscription) {
    changing.lock();
    try {
      SubscriptionNode<K, V> node = root;
      LevelCursor cursor = new LevelCursor(filter.match());
      while (cursor.next()) {
        node = node.belowOrNew(cursor);
      }
      V former = node.put(filter, subscriber, subscription);
      if (former == null) {
        size.incrementAndGet();
      }
      version.incrementAndGet();
      return former;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Removes the subscription that the subscriber has to an equal filter. Any thread; waits for
   * other changes to end.
   *
   * @return what was removed; null where there was none
   */
  public @Nullable V remove(TopicFilter filter, K subscriber) {
    changing.lock();
    try {
      Deque<SubscriptionNode<K, V>> path = new ArrayDeque<>();
      SubscriptionNode<K, V> node = root;
      LevelCursor cursor = new LevelCursor(filter.match());
      while (cursor.next()) {
        path.push(node);
        node = node.below(cursor);
        if (node == null) {
          return null;
        }
      }
      V former = node.remove(filter, subscriber);
      if (former == null) {
        return null;
      }
      while (node.isEmpty() && !path.isEmpty()) {
        SubscriptionNode<K, V> parent = path.pop();
        parent.drop(node);
        node = parent;
      }
      size.decrementAndGet();
      version.incrementAndGet();
      return former;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Tells the visitor each ordinary subscription and each shared group with a member whose filter
   * matches the topic, once per filter, in no particular order. A topic that starts with {@code $}
   * passes by filters that start with a wildcard [MQTT-4.7.2-1].
   *
   * <p>Any thread, never waits. Of the changes made meanwhile it may show some and not others. What
   * the visitor throws ends the match and is thrown on.
   */
  public void match(TopicName topic, Visitor<K, V> visitor) {
    new TopicWalk<>(root, topic).forEach(visitor);
  }

  /**
   * A number that has changed once a change has been made and its method returns. The result of a
   * match may be kept and used again as long as this number equals the one read before the match.
   * Any thread.
   */
  public long version() {
    return version.get();
  }

  /** How many subscriptions there are, each member of a shared group counted. Any thread. */
  public int size() {
    return size.get();
  }

  /** How many nodes there are below the root: none in an empty tree. Walks them all. */
  int nodeCount() {
    return root.countBelow();
  }

  /**
   * Is told what a topic matches.
   *
   * @param <K> who subscribes
   * @param <V> what a subscription holds
   */
  public interface Visitor<K, V> {
    /** An ordinary subscription matches. */
    void subscription(K subscriber, V subscription);

    /** The filter of a shared group matches: one of its members is to get the message. */
    void group(SharedGroup<K, V> group);
  }
}
