package io.noctule.broker.session;

import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 1 and 2 messages from the broker to one client: a queue, then a window of those sent and
 * not yet acknowledged. Owned by the session's loop.
 *
 * <p>Bounds: the window by the client's receive maximum and the broker's limit; the queue by
 * messages and bytes of the session and by the bytes of all sessions. What would exceed a bound of
 * the queue is dropped and counted: the newest, so that what is queued stays in order.
 */
final class Outgoing {
  private static final long LEASE_STEP_BYTES = 64 * 1024;

  private final SessionServices services;
  private final String clientId;
  private final Window window = new Window();
  private final ArrayDeque<InFlight> queue = new ArrayDeque<>();
  // Of the window, after a reconnect: what has to be sent again, in order.
  private final ArrayDeque<InFlight> resend = new ArrayDeque<>();
  // Of the window: sent on the present connection.
  private int unacknowledged;
  // Of queue and window, and what the session has taken from the budget of all sessions for it.
  private long heldBytes;
  private long leasedBytes;
  private boolean dropping;

  Outgoing(SessionServices services, String clientId) {
    this.services = services;
    this.clientId = clientId;
  }

  /** Sends now where there is room, else queues. */
  void deliver(@Nullable Link link, Publication publication, QoS qos, boolean retain, Grant grant) {
    InFlight message = new InFlight(publication.keep(), qos, retain, grant);
    Link open = link != null && queue.isEmpty() && hasRoom(link) ? link : null;
    if ((open == null && queue.size() >= services.limits().queuedMessages()) || !hold(message)) {
      drop();
    } else if (open != null) {
      send(open, message);
    } else {
      queue.add(message);
    }
  }

  /** Counted each time, told once until the queue has been empty. */
  private void drop() {
    services.loop().counters().increment(Counter.DROPPED_QUEUE_FULL);
    if (!dropping) {
      dropping = true;
      services
          .events()
          .warn(
              "client %s: %d messages wait, the limit; new ones at QoS 1 and 2 are dropped"
                  .formatted(clientId, queue.size()));
    }
  }

  /** Takes the memory of a message, or answers false where it is not there. */
  private boolean hold(InFlight message) {
    long held = heldBytes + message.publication().memoryBytes();
    if (held > services.limits().queuedBytes()) {
      return false;
    }
    if (held > leasedBytes) {
      // In steps, so that the loops do not contend for the budget with each message.
      long step = Math.max(LEASE_STEP_BYTES, held - leasedBytes);
      if (!services.budget().take(step)) {
        return false;
      }
      leasedBytes += step;
    }
    heldBytes = held;
    return true;
  }

  private void release(InFlight message) {
    heldBytes -= message.publication().memoryBytes();
    if (leasedBytes - heldBytes > 2 * LEASE_STEP_BYTES) {
      services.budget().giveBack(LEASE_STEP_BYTES);
      leasedBytes -= LEASE_STEP_BYTES;
    } else if (heldBytes == 0) {
      services.budget().giveBack(leasedBytes);
      leasedBytes = 0;
    }
  }

  private boolean hasRoom(Link link) {
    return resend.isEmpty()
        && unacknowledged < Math.min(link.receiveMaximum(), services.limits().inflightMessages())
        && window.size() < services.limits().inflightMessages()
        && link.isWritable();
  }

  /** Sends what there is room for. */
  void pump(Link link) {
    long now = services.loop().nanos();
    while (!resend.isEmpty() && mayResend(link, resend.element(), unacknowledged)) {
      sendAgain(link, resend.remove());
    }
    while (!queue.isEmpty() && hasRoom(link)) {
      InFlight message = queue.remove();
      if (message.publication().isExpired(now)) {
        services.loop().counters().increment(Counter.DROPPED_EXPIRED);
        release(message);
      } else {
        send(link, message);
      }
    }
    if (queue.isEmpty()) {
      dropping = false;
    }
  }

  /** PUBREL is not held back by the receive maximum [MQTT-3.3.4-10]. */
  private static boolean mayResend(Link link, InFlight message, int unacknowledged) {
    return link.isWritable() && (message.isReleased() || unacknowledged < link.receiveMaximum());
  }

  private void send(Link link, InFlight message) {
    int packetId = window.add(message);
    message.sent(true);
    unacknowledged++;
    boolean sent =
        link.sendPublish(
            message.publication(),
            message.qos(),
            message.retain(),
            false,
            packetId,
            message.grant().subscriptionIdentifiers());
    if (!sent) {
      // [MQTT-3.1.2-25]: as if it had been sent and acknowledged.
      services.loop().counters().increment(Counter.DROPPED_PACKET_TOO_LARGE);
      acknowledge(message);
    }
  }

  private void sendAgain(Link link, InFlight message) {
    if (window.get(message.packetId()) != message) {
      return; // Acknowledged meanwhile, without having been sent again.
    }
    message.sent(true);
    unacknowledged++;
    if (message.isReleased()) {
      link.sendPubRel(message.packetId(), ReasonCode.SUCCESS);
      return;
    }
    boolean sent =
        link.sendPublish(
            message.publication(),
            message.qos(),
            message.retain(),
            true,
            message.packetId(),
            message.grant().subscriptionIdentifiers());
    if (!sent) {
      services.loop().counters().increment(Counter.DROPPED_PACKET_TOO_LARGE);
      acknowledge(message);
    }
  }

  /** A new connection: all that is unacknowledged has to be sent again [MQTT-4.4.0-1]. */
  void resume() {
    unacknowledged = 0;
    resend.clear();
    List<InFlight> inOrder = window.inOrder();
    // PUBREL first: they take no room, and the messages behind them may have to wait for it.
    for (InFlight message : inOrder) {
      message.sent(false);
      if (message.isReleased()) {
        resend.add(message);
      }
    }
    for (InFlight message : inOrder) {
      if (!message.isReleased()) {
        resend.add(message);
      }
    }
  }

  void onPubAck(int packetId) {
    InFlight message = window.get(packetId);
    if (message != null && message.qos() == QoS.AT_LEAST_ONCE) {
      acknowledge(message);
    }
  }

  void onPubRec(Link link, int packetId, ReasonCode reasonCode) {
    InFlight message = window.get(packetId);
    if (message == null || message.qos() != QoS.EXACTLY_ONCE) {
      if (!reasonCode.isError()) {
        link.sendPubRel(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
      }
    } else if (reasonCode.isError()) {
      acknowledge(message); // [MQTT-4.3.3-4]: refused, so the exchange ends here.
    } else {
      message.release();
      link.sendPubRel(packetId, ReasonCode.SUCCESS);
    }
  }

  void onPubComp(int packetId) {
    InFlight message = window.get(packetId);
    if (message != null && message.isReleased()) {
      acknowledge(message);
    }
  }

  private void acknowledge(InFlight message) {
    window.remove(message);
    release(message);
    if (message.isSent()) {
      unacknowledged--;
    }
  }

  /** Drops what waits in the queue for some topics, and counts it. */
  void dropQueued(Predicate<TopicName> topics) {
    queue.removeIf(
        message -> {
          if (!topics.test(message.publication().topic())) {
            return false;
          }
          release(message);
          services.loop().counters().increment(Counter.DROPPED_NOT_ALLOWED);
          return true;
        });
  }

  /** Whether something waits to be sent. */
  boolean hasBacklog() {
    return !queue.isEmpty() || !resend.isEmpty();
  }

  int queuedMessages() {
    return queue.size();
  }

  int inFlightMessages() {
    return window.size();
  }

  /**
   * The session ends: its share of the budget is free again, and what it got as a member of a
   * shared subscription goes to another member, unless that could make a QoS 2 message arrive twice
   * [MQTT-4.8.2-5].
   */
  void discard() {
    for (InFlight message : window.inOrder()) {
      if (message.qos() == QoS.AT_LEAST_ONCE) {
        passOn(message);
      }
    }
    queue.forEach(this::passOn);
    services.budget().giveBack(leasedBytes);
    leasedBytes = 0;
    heldBytes = 0;
    queue.clear();
    resend.clear();
  }

  private void passOn(InFlight message) {
    if (message.grant().group() != null) {
      services.router().deliverToOne(message.publication(), message.grant().group());
    }
  }
}
