package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions whose filter ends here, and the nodes of longer filters. Wildcards stand in
 * fields of their own, since every match asks for them. Fields that a leaf does not need are null.
 */
final class SubscriptionNode<K, V> extends TopicNode<SubscriptionNode<K, V>> {
  private volatile @Nullable SubscriptionNode<K, V> singleLevel;
  private volatile @Nullable SubscriptionNode<K, V> multiLevel;
  private volatile @Nullable CompactMap<K, V> subscriptions;

  /** By share name. */
  private volatile @Nullable CompactMap<String, SharedGroup<K, V>> groups;

  SubscriptionNode(Level level) {
    super(level);
  }

  /** The node of {@code +} below this one. */
  @Nullable SubscriptionNode<K, V> singleLevel() {
    return singleLevel;
  }

  /** The node of {@code #} below this one. */
  @Nullable SubscriptionNode<K, V> multiLevel() {
    return multiLevel;
  }

  /** The node below this one of a filter's level, wildcards included. */
  @Nullable SubscriptionNode<K, V> below(LevelCursor filterLevel) {
    if (filterLevel.isSingleLevelWildcard()) {
      return singleLevel;
    }
    return filterLevel.isMultiLevelWildcard() ? multiLevel : child(filterLevel);
  }

  /** As {@link #below}, made where there was none. Under the tree's lock. */
  SubscriptionNode<K, V> belowOrNew(LevelCursor filterLevel) {
    SubscriptionNode<K, V> known = below(filterLevel);
    if (known != null) {
      return known;
    }
    SubscriptionNode<K, V> made = new SubscriptionNode<>(filterLevel.toLevel());
    if (filterLevel.isSingleLevelWildcard()) {
      singleLevel = made;
    } else if (filterLevel.isMultiLevelWildcard()) {
      multiLevel = made;
    } else {
      add(made);
    }
    return made;
  }

  @Override
  void drop(SubscriptionNode<K, V> node) {
    if (node.equals(singleLevel)) {
      singleLevel = null;
    } else if (node.equals(multiLevel)) {
      multiLevel = null;
    } else {
      super.drop(node);
    }
  }

  @Override
  boolean isEmpty() {
    return subscriptions == null
        && groups == null
        && singleLevel == null
        && multiLevel == null
        && !hasChildren();
  }

  @Override
  Iterator<SubscriptionNode<K, V>> all() {
    List<SubscriptionNode<K, V>> nodes = new ArrayList<>();
    children().forEachRemaining(nodes::add);
    SubscriptionNode<K, V> single = singleLevel;
    if (single != null) {
      nodes.add(single);
    }
    SubscriptionNode<K, V> multi = multiLevel;
    if (multi != null) {
      nodes.add(multi);
    }
    return nodes.iterator();
  }

  void visit(TopicTree.Visitor<K, V> visitor) {
    CompactMap<K, V> ordinary = subscriptions;
    if (ordinary != null) {
      ordinary.forEach(visitor::subscription);
    }
    CompactMap<String, SharedGroup<K, V>> shared = groups;
    if (shared != null) {
      shared.forEach(
          (name, group) -> {
            if (!group.isEmpty()) {
              visitor.group(group);
            }
          });
    }
  }

  /** Adds or replaces the subscription and answers the former one. Under the tree's lock. */
  @Nullable V put(TopicFilter filter, K subscriber, V subscription) {
    String shareName = filter.shareName();
    if (shareName != null) {
      return putShared(shareName, filter, subscriber, subscription);
    }
    CompactMap<K, V> current = subscriptions;
    if (current == null) {
      subscriptions = CompactMap.of(subscriber, subscription);
      return null;
    }
    V former = current.get(subscriber);
    subscriptions = current.with(subscriber, subscription);
    return former;
  }

  private @Nullable V putShared(
      String shareName, TopicFilter filter, K subscriber, V subscription) {
    CompactMap<String, SharedGroup<K, V>> current = groups;
    SharedGroup<K, V> known = current == null ? null : current.get(shareName);
    if (known != null) {
      V former = known.get(subscriber);
      known.put(subscriber, subscription);
      return former;
    }
    SharedGroup<K, V> made = new SharedGroup<>(filter);
    made.put(subscriber, subscription);
    groups = current == null ? CompactMap.of(shareName, made) : current.with(shareName, made);
    return null;
  }

  /** Removes the subscription and answers it; null where there was none. Under the tree's lock. */
  @Nullable V remove(TopicFilter filter, K subscriber) {
    String shareName = filter.shareName();
    if (shareName != null) {
      return removeShared(shareName, subscriber);
    }
    CompactMap<K, V> current = subscriptions;
    V former = current == null ? null : current.get(subscriber);
    if (current == null || former == null) {
      return null;
    }
    subscriptions = current.without(subscriber);
    return former;
  }

  private @Nullable V removeShared(String shareName, K subscriber) {
    CompactMap<String, SharedGroup<K, V>> current = groups;
    SharedGroup<K, V> group = current == null ? null : current.get(shareName);
    V former = group == null ? null : group.get(subscriber);
    if (current == null || group == null || former == null) {
      return null;
    }
    group.remove(subscriber);
    if (group.isEmpty()) {
      groups = current.without(shareName);
    }
    return former;
  }
}
