package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers that share one {@code $share/NAME/FILTER}, of which one gets each message
 * [MQTT-4.8.2-4].
 *
 * <p>The same object as long as it has members, so what belongs to the group (whose turn it is) may
 * be kept by identity; a group that lost all its members and gains one anew is another object. Read
 * by any thread without waiting.
 *
 * @param <K> who subscribes, by {@code equals}
 * @param <V> what a subscription holds
 */
public final class SharedGroup<K, V> {
  private final TopicFilter filter;
  private volatile @Nullable CompactMap<K, V> subscriptions;

  /** How often the members have changed; written last, under the tree's lock. */
  private volatile int changes;

  private final AtomicInteger turn = new AtomicInteger();
  private volatile Snapshot<K, V> snapshot = new Snapshot<>(0, List.of());

  SharedGroup(TopicFilter filter) {
    this.filter = filter;
  }

  /** The filter that all members have subscribed to, {@code $share/NAME/} included. */
  public TopicFilter filter() {
    return filter;
  }

  /**
   * The members at this moment: an immutable list, the same object until they change. Empty only
   * where the last member left after the group was found.
   */
  public List<Member<K, V>> members() {
    Snapshot<K, V> latest = snapshot;
    // Read before the members are: a change in between makes the snapshot outdated, never wrong.
    int seen = changes;
    if (latest.changes != seen) {
      latest = new Snapshot<>(seen, listMembers());
      snapshot = latest;
    }
    return latest.members;
  }

  /** A number that grows by one with each call, from 0 and never negative: whose turn it is. */
  public int nextTurn() {
    return turn.getAndIncrement() & Integer.MAX_VALUE;
  }

  private List<Member<K, V>> listMembers() {
    CompactMap<K, V> current = subscriptions;
    if (current == null) {
      return List.of();
    }
    List<Member<K, V>> members = new ArrayList<>(current.size());
    current.forEach(
        (subscriber, subscription) -> members.add(new Member<>(subscriber, subscription)));
    return List.copyOf(members);
  }

  boolean isEmpty() {
    return subscriptions == null;
  }

  @Nullable V get(K subscriber) {
    CompactMap<K, V> current = subscriptions;
    return current == null ? null : current.get(subscriber);
  }

  /** Adds or replaces a member. Under the tree's lock. */
  void put(K subscriber, V subscription) {
    CompactMap<K, V> current = subscriptions;
    change(
        current == null
            ? CompactMap.of(subscriber, subscription)
            : current.with(subscriber, subscription));
  }

  /** Removes a member. Under the tree's lock. */
  void remove(K subscriber) {
    CompactMap<K, V> current = subscriptions;
    change(current == null ? null : current.without(subscriber));
  }

  private void change(@Nullable CompactMap<K, V> next) {
    int count = changes;
    subscriptions = next;
    changes = count + 1;
  }

  @Override
  public String toString() {
    return filter + " of " + members().size();
  }

  /**
   * A subscriber and its subscription.
   *
   * @param subscriber who subscribes
   * @param subscription what the subscription holds
   */
  public record Member<K, V>(K subscriber, V subscription) {}

  private record Snapshot<K, V>(int changes, List<Member<K, V>> members) {}
}
