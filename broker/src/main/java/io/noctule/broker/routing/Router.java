package io.noctule.broker.routing;

import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.message.Publication;
import io.noctule.broker.topic.SharedGroup;
import io.noctule.broker.topic.TopicTree;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loop's way from a publication to its subscribers. Matches once a topic and version of the
 * tree, and then only looks up; hands the publication to each loop by one command, not by one a
 * subscriber.
 *
 * <p>Owned by its loop; the topic tree behind it is shared by all.
 */
public final class Router {
  // Bound of the cache: when full it starts anew, so that a flood of topics costs matching but not
  // memory.
  private static final int CACHED_TOPICS = 8192;
  private static final int CACHED_RECIPIENTS = 250_000;
  private static final int LONGEST_CACHED_TOPIC_BYTES = 256;

  private final BrokerLoop loop;
  private final TopicTree<Subscriber, Subscription> tree;
  private final Function<BrokerLoop, FrameCache> framesOf;
  private final Map<TopicName, Matches> cache = new HashMap<>();
  private long cacheVersion = -1;
  private int cachedRecipients;

  /**
   * A router.
   *
   * @param loop whose
   * @param tree shared by all loops
   * @param framesOf the frame cache of each loop
   */
  public Router(
      BrokerLoop loop,
      TopicTree<Subscriber, Subscription> tree,
      Function<BrokerLoop, FrameCache> framesOf) {
    this.loop = loop;
    this.tree = tree;
    this.framesOf = framesOf;
  }

  /**
   * Hands a publication to all who match. On this router's loop.
   *
   * @return whether anybody matched
   */
  public boolean route(Publication publication) {
    Matches matches = match(publication.topic());
    if (matches.isEmpty()) {
      return false;
    }
    List<LoopRecipients> byLoop = matches.byLoop();
    for (int i = 0; i < byLoop.size(); i++) {
      LoopRecipients recipients = byLoop.get(i);
      if (recipients.loop() == loop) {
        recipients.deliver(publication);
      } else {
        publication.keep();
        loop.post(
            recipients.loop(), () -> recipients.deliver(publication), publication.memoryBytes());
      }
    }
    List<SharedGroup<Subscriber, Subscription>> groups = matches.groups();
    for (int i = 0; i < groups.size(); i++) {
      deliverToOne(publication, groups.get(i));
    }
    return true;
  }

  /**
   * Hands a publication to one member of a shared subscription; to none where it has lost all of
   * them meanwhile. On this router's loop.
   */
  public void deliverToOne(Publication publication, SharedGroup<Subscriber, Subscription> group) {
    SharedGroup.Member<Subscriber, Subscription> member = choose(group);
    if (member == null) {
      return;
    }
    Subscriber subscriber = member.subscriber();
    Grant grant = Grant.of(member.subscription(), group);
    if (subscriber.loop() == loop) {
      subscriber.deliver(publication, grant);
    } else {
      publication.keep();
      loop.post(
          subscriber.loop(),
          () -> subscriber.deliver(publication, grant),
          publication.memoryBytes());
    }
  }

  /** The next connected member in turn, or the next member where none is connected. */
  private SharedGroup.@Nullable Member<Subscriber, Subscription> choose(
      SharedGroup<Subscriber, Subscription> group) {
    List<SharedGroup.Member<Subscriber, Subscription>> members = group.members();
    int count = members.size();
    if (count == 0) {
      return null;
    }
    int turn = group.nextTurn();
    for (int i = 0; i < count; i++) {
      var member = members.get((turn + i) % count);
      if (member.subscriber().isConnected()) {
        return member;
      }
    }
    return members.get(turn % count);
  }

  private Matches match(TopicName topic) {
    // Read before matching: a change in between makes the entry stale rather than wrong.
    long version = tree.version();
    if (version != cacheVersion) {
      forgetAll();
      cacheVersion = version;
    }
    Matches cached = cache.get(topic);
    if (cached != null) {
      return cached;
    }
    Matches found = new Collector().collect(topic);
    int weight = 1 + found.recipients();
    if (cache.size() >= CACHED_TOPICS || cachedRecipients + weight > CACHED_RECIPIENTS) {
      forgetAll();
    }
    if (topic.utf8Length() <= LONGEST_CACHED_TOPIC_BYTES) {
      cache.put(topic, found);
      cachedRecipients += weight;
    }
    return found;
  }

  private void forgetAll() {
    cache.clear();
    cachedRecipients = 0;
  }

  /** Merges the subscriptions of one subscriber and sorts subscribers by loop. */
  private final class Collector implements TopicTree.Visitor<Subscriber, Subscription> {
    private final Map<Subscriber, Recipient.Builder> recipients = new LinkedHashMap<>();
    private final List<SharedGroup<Subscriber, Subscription>> groups = new ArrayList<>();

    @Override
    public void subscription(Subscriber subscriber, Subscription subscription) {
      recipients.computeIfAbsent(subscriber, Recipient.Builder::new).add(subscription);
    }

    @Override
    public void group(SharedGroup<Subscriber, Subscription> group) {
      groups.add(group);
    }

    Matches collect(TopicName topic) {
      tree.match(topic, this);
      Map<BrokerLoop, List<Recipient>> byLoop = new LinkedHashMap<>();
      recipients.forEach(
          (subscriber, builder) ->
              byLoop
                  .computeIfAbsent(subscriber.loop(), _ -> new ArrayList<>())
                  .add(builder.build()));
      List<LoopRecipients> grouped = new ArrayList<>();
      byLoop.forEach(
          (owner, members) ->
              grouped.add(
                  new LoopRecipients(
                      owner, framesOf.apply(owner), members.toArray(new Recipient[0]))));
      return new Matches(recipients.size(), List.copyOf(grouped), List.copyOf(groups));
    }
  }
}
