package io.noctule.broker.session;

import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Retained messages on their way to a new subscription: sent only as fast as the client reads, so
 * that a hundred thousand of them fill no buffer. Owned by the session's loop; the list holds
 * references to messages that the retained store holds anyway.
 */
final class RetainedDelivery {
  private record Batch(List<Publication> publications, Grant grant) {}

  private final SessionServices services;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private int position;

  RetainedDelivery(SessionServices services) {
    this.services = services;
  }

  void add(List<Publication> publications, Grant grant) {
    batches.add(new Batch(publications, grant));
  }

  /**
   * Sends what there is room for.
   *
   * @return whether some are left
   */
  boolean pump(Session session, Link link) {
    long now = services.loop().nanos();
    while (!batches.isEmpty()) {
      Batch batch = batches.element();
      while (position < batch.publications().size()) {
        if (!link.isWritable() || session.hasQueue()) {
          return true;
        }
        Publication publication = batch.publications().get(position++);
        if (publication.isExpired(now)) {
          services.loop().counters().increment(Counter.DROPPED_EXPIRED);
        } else if (services.retained().isCurrent(publication)) {
          // One replaced meanwhile has reached the client as an ordinary message; the old one must
          // not follow it.
          session.deliver(publication, batch.grant(), true);
        }
      }
      batches.remove();
      position = 0;
    }
    return false;
  }
}
