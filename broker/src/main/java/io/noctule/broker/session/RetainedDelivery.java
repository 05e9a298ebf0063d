package io.noctule.broker.session;

import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import io.noctule.broker.routing.Subscription;
import io.noctule.protocol.topic.TopicFilter;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages on their way to new subscriptions: looked up one filter at a time and sent only
 * as fast as the client reads, so that a hundred thousand of them fill no buffer. Owned by the
 * session's loop.
 *
 * <p>Bound: a filter waits once, however often it is subscribed to; of one filter the matching
 * messages are listed, which the retained store holds anyway.
 */
final class RetainedDelivery {
  private record Batch(TopicFilter filter, Grant grant, List<Publication> publications) {}

  private final SessionServices services;
  private final Set<TopicFilter> waiting = new LinkedHashSet<>();
  private @Nullable Batch batch;
  private int position;

  RetainedDelivery(SessionServices services) {
    this.services = services;
  }

  /** A filter has been subscribed to; where it waits already, it goes to the end. */
  void add(TopicFilter filter) {
    waiting.remove(filter);
    waiting.add(filter);
  }

  /** What was to be sent for a filter is not sent any more. */
  void forget(TopicFilter filter) {
    waiting.remove(filter);
    if (batch != null && batch.filter().equals(filter)) {
      batch = null;
    }
  }

  /** Whether something is left to send. */
  boolean isDone() {
    return batch == null && waiting.isEmpty();
  }

  /** Sends what there is room for, of one filter at the most. */
  void pump(Session session, Link link) {
    Batch current = batch == null ? next(session) : batch;
    if (current == null) {
      return;
    }
    long now = services.loop().nanos();
    List<Publication> publications = current.publications();
    while (position < publications.size()) {
      if (!link.isWritable() || session.hasQueue()) {
        return;
      }
      deliver(session, current.grant(), publications.get(position++), now);
    }
    batch = null;
  }

  /** The client has gone, its session has not: the rest of the filter at hand joins its queue. */
  void drainTo(Session session) {
    Batch current = batch;
    if (current == null) {
      return;
    }
    long now = services.loop().nanos();
    List<Publication> publications = current.publications();
    while (position < publications.size()) {
      deliver(session, current.grant(), publications.get(position++), now);
    }
    batch = null;
  }

  private void deliver(Session session, Grant grant, Publication publication, long now) {
    if (publication.isExpired(now)) {
      services.loop().counters().increment(Counter.DROPPED_EXPIRED);
    } else if (services.retained().isCurrent(publication)) {
      // One replaced meanwhile has reached the client as an ordinary message; the old one must not
      // follow it.
      session.deliver(publication, grant, true);
    }
  }

  private @Nullable Batch next(Session session) {
    Iterator<TopicFilter> filters = waiting.iterator();
    if (!filters.hasNext()) {
      return null;
    }
    TopicFilter filter = filters.next();
    filters.remove();
    Subscription subscription = session.subscriptions().get(filter);
    if (subscription == null) {
      return null; // Unsubscribed meanwhile.
    }
    List<Publication> found = services.retained().match(filter, services.loop().nanos());
    if (subscription.noLocal()) { // [MQTT-3.8.3-3]
      found.removeIf(publication -> session.clientId().equals(publication.publisher()));
    }
    position = 0;
    Batch fresh = new Batch(filter, Grant.of(subscription), found);
    batch = fresh;
    return fresh;
  }
}
