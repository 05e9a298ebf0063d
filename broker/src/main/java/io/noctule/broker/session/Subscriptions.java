package io.noctule.broker.session;

import io.noctule.broker.routing.Subscriber;
import io.noctule.broker.routing.Subscription;
import io.noctule.broker.topic.TopicTree;
import io.noctule.protocol.topic.TopicFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one session, kept in step with the tree of all. Owned by the session's loop;
 * how many there may be is asked before one is made.
 */
public final class Subscriptions {
  private final Subscriber session;
  private final TopicTree<Subscriber, Subscription> tree;
  private Map<TopicFilter, Subscription> byFilter = Map.of(); // made when there is one
  private long filterCharacters;

  Subscriptions(Subscriber session, TopicTree<Subscriber, Subscription> tree) {
    this.session = session;
    this.tree = tree;
  }

  /** How many there are. */
  public int count() {
    return byFilter.size();
  }

  /** The length of all their filters together. */
  public long filterCharacters() {
    return filterCharacters;
  }

  /** Whether there is one with just this filter. */
  public boolean contains(TopicFilter filter) {
    return byFilter.containsKey(filter);
  }

  @Nullable Subscription get(TopicFilter filter) {
    return byFilter.get(filter);
  }

  /** The filters of all, as they are now. */
  public List<TopicFilter> filters() {
    return List.copyOf(byFilter.keySet());
  }

  /** Makes or replaces a subscription [MQTT-3.8.4-3]. */
  public void put(TopicFilter filter, Subscription subscription) {
    if (byFilter.isEmpty()) {
      byFilter = new HashMap<>(4);
    }
    if (byFilter.put(filter, subscription) == null) {
      filterCharacters += filter.text().length();
    }
    tree.put(filter, session, subscription);
  }

  /**
   * Ends a subscription.
   *
   * @return whether there was one
   */
  public boolean remove(TopicFilter filter) {
    if (byFilter.isEmpty() || byFilter.remove(filter) == null) {
      return false;
    }
    filterCharacters -= filter.text().length();
    tree.remove(filter, session);
    return true;
  }

  /** Ends all. */
  void clear() {
    byFilter.keySet().forEach(filter -> tree.remove(filter, session));
    byFilter = Map.of();
    filterCharacters = 0;
  }
}
