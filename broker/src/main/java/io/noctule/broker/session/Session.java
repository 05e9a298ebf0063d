package io.noctule.broker.session;

import io.netty.util.concurrent.ScheduledFuture;
import io.noctule.broker.access.Identity;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import io.noctule.broker.routing.Subscriber;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client's session (MQTT 5.0, section 4.1). Owned by one loop for all its life: all methods are
 * for that loop, but {@link #clientId}, {@link #identity()}, {@link #loop} and {@link
 * #isConnected}.
 */
public final class Session implements Subscriber {
  private final String clientId;
  private final SessionServices services;

  // The user is the same for all the life of the session; groups and proof may change.
  private volatile Identity identity;

  // For the life of the session; what is seldom used is made when needed.
  private final Subscriptions subscriptions;
  private @Nullable Outgoing outgoing;
  private final IncomingPacketIds incomingQos2 = new IncomingPacketIds();
  private boolean ended;

  // Waits for the client across connections, since the subscription does too.
  private @Nullable RetainedDelivery retainedDelivery;
  private boolean pumpScheduled;

  // For the life of one connection.
  private @Nullable Link link;
  private volatile boolean connected;
  private long expirySeconds;

  // Between connections.
  private @Nullable PendingWill pendingWill;
  private @Nullable ScheduledFuture<?> expiry;

  /** A new session, not yet in the registry and not attached. */
  public Session(Identity identity, SessionServices services) {
    this.clientId = identity.clientId();
    this.identity = identity;
    this.services = services;
    this.subscriptions = new Subscriptions(this, services.tree());
  }

  @Override
  public String clientId() {
    return clientId;
  }

  @Override
  public BrokerLoop loop() {
    return services.loop();
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  /** The user that the session belongs to, as last seen. Any thread. */
  public Identity identity() {
    return identity;
  }

  /** The same user with other groups, or another proof. */
  public void identity(Identity renewed) {
    identity = renewed;
  }

  /** What this session's loop works with. */
  public SessionServices services() {
    return services;
  }

  /** Whether the session outlives its connection. */
  public boolean isPersistent() {
    return expirySeconds > 0;
  }

  /** Whether the session is over: no longer in the registry. */
  public boolean isEnded() {
    return ended;
  }

  /**
   * Attaches a connection; a former one is closed [MQTT-3.1.4-3]. A pending will is not published
   * any more [MQTT-3.1.3-9].
   */
  public void attach(Link newLink, long sessionExpirySeconds) {
    detachFormer();
    if (expiry != null) {
      expiry.cancel(false);
      expiry = null;
    }
    dropPendingWill();
    link = newLink;
    connected = true;
    expirySeconds = Math.min(sessionExpirySeconds, services.limits().sessionExpirySeconds());
    if (outgoing != null) {
      outgoing.resume();
    }
  }

  private void detachFormer() {
    Link former = link;
    if (former != null) {
      link = null;
      former.close(ReasonCode.SESSION_TAKEN_OVER, "another connection uses this client identifier");
    }
  }

  /** How long the session outlives this connection; a DISCONNECT may change it. */
  public void expirySeconds(long seconds) {
    expirySeconds = Math.min(seconds, services.limits().sessionExpirySeconds());
  }

  /** The same as asked for or limited by the broker. */
  public long expirySeconds() {
    return expirySeconds;
  }

  /**
   * A connection has ended.
   *
   * @param ending which; the session may have let go of it already, for another one or because it
   *     ended itself
   * @param will to be published; null where there is none or the client took it back
   */
  public void onDisconnected(Link ending, @Nullable Will will) {
    boolean letGo = !ending.equals(link);
    if (!letGo) {
      // Before the will is routed: the client that goes gets nothing more, its own will included.
      link = null;
      connected = false;
    }
    if (will != null) {
      publishWill(will, letGo);
    }
    if (letGo) {
      return;
    }
    if (retainedDelivery != null) {
      retainedDelivery.drainTo(this);
    }
    if (expirySeconds == 0) {
      end();
    } else if (expirySeconds < Connect.Properties.NEVER_EXPIRES) {
      expiry = services.loop().schedule(this::expire, expirySeconds, TimeUnit.SECONDS);
    }
  }

  private void publishWill(Will will, boolean letGo) {
    long delaySeconds = Math.min(will.delaySeconds(), expirySeconds);
    PendingWill pending = new PendingWill(will, clientId, services);
    if (delaySeconds == 0) {
      pending.publish();
    } else if (!letGo) {
      // Let go for another connection: the client is back before the delay has passed
      // [MQTT-3.1.3-9].
      pending.schedule(delaySeconds);
      pendingWill = pending;
    }
  }

  private void expire() {
    expiry = null;
    if (link == null) {
      end();
    }
  }

  /**
   * Ends the session: nothing of it remains. An attached connection is closed; a pending will is
   * published at once [MQTT-3.1.2-8].
   */
  public void end() {
    if (ended) {
      return;
    }
    expirySeconds = 0;
    ended = true;
    // Out of sight first, so that nothing below can leave half a session behind.
    subscriptions.clear();
    retainedDelivery = null;
    services.registry().remove(this);
    detachFormer();
    connected = false;
    if (expiry != null) {
      expiry.cancel(false);
      expiry = null;
    }
    if (outgoing != null) {
      outgoing.discard();
    }
    if (pendingWill != null) {
      pendingWill.cancel();
      pendingWill.publish();
      pendingWill = null;
    }
  }

  /** What the client has subscribed to. */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /**
   * Ends a subscription that is not allowed any more, with the retained messages that wait for it.
   */
  public void revoke(TopicFilter filter) {
    subscriptions.remove(filter);
    if (retainedDelivery != null) {
      retainedDelivery.forget(filter);
    }
    services.loop().counters().increment(Counter.SUBSCRIPTIONS_REVOKED);
  }

  /** Drops waiting messages of some topics; what has been sent already is not taken back. */
  public void dropQueued(Predicate<TopicName> topics) {
    if (outgoing != null) {
      outgoing.dropQueued(topics);
    }
  }

  /** The topic of a will that waits for its delay to pass; null where none does. */
  public @Nullable TopicName pendingWillTopic() {
    return pendingWill == null ? null : pendingWill.topic();
  }

  /** Takes such a will back. */
  public void dropPendingWill() {
    if (pendingWill != null) {
      pendingWill.cancel();
      pendingWill = null;
    }
  }

  /** Sends the retained messages of a subscription as the client reads them. */
  public void deliverRetained(TopicFilter filter) {
    if (retainedDelivery == null) {
      retainedDelivery = new RetainedDelivery(services);
    }
    retainedDelivery.add(filter);
    pump();
  }

  @Override
  public void deliver(Publication publication, Grant grant) {
    if (ended) {
      passOn(publication, grant);
      return;
    }
    if (publication.isExpired(services.loop().nanos())) {
      services.loop().counters().increment(Counter.DROPPED_EXPIRED);
      return;
    }
    boolean retain = grant.retainAsPublished() && publication.retain();
    deliver(publication, grant, retain);
  }

  void deliver(Publication publication, Grant grant, boolean retain) {
    QoS qos = publication.qos().min(grant.maximumQos());
    Link current = link;
    if (qos == QoS.AT_MOST_ONCE) {
      if (current != null
          && !current.sendPublish(
              publication, qos, retain, false, 0, grant.subscriptionIdentifiers())) {
        services.loop().counters().increment(Counter.DROPPED_PACKET_TOO_LARGE);
      }
    } else if (current != null || expirySeconds > 0) {
      outgoing().deliver(current, publication, qos, retain, grant);
    }
  }

  /** A member of a shared subscription is gone: another one gets the message (section 4.8.2). */
  private void passOn(Publication publication, Grant grant) {
    if (grant.group() != null) {
      services.router().deliverToOne(publication, grant.group());
    }
  }

  private Outgoing outgoing() {
    if (outgoing == null) {
      outgoing = new Outgoing(services, clientId);
    }
    return outgoing;
  }

  /** Whether something waits for the client to read or acknowledge. */
  public boolean hasBacklog() {
    return (outgoing != null && outgoing.hasBacklog()) || retainedDelivery != null;
  }

  /** Sends what waits, as far as there is room. */
  public void pump() {
    Link current = link;
    if (current == null) {
      return;
    }
    if (outgoing != null) {
      outgoing.pump(current);
    }
    RetainedDelivery retained = retainedDelivery;
    if (retained == null) {
      return;
    }
    retained.pump(this, current);
    if (retained.isDone()) {
      retainedDelivery = null;
    } else if (!pumpScheduled && current.isWritable() && !hasQueue()) {
      // The next filter, after others on this loop have had their turn.
      pumpScheduled = true;
      services
          .loop()
          .execute(
              () -> {
                pumpScheduled = false;
                pump();
              });
    }
  }

  /** Whether QoS 1 and 2 messages wait in the queue. */
  boolean hasQueue() {
    return outgoing != null && outgoing.hasBacklog();
  }

  /** The client has acknowledged a QoS 1 message. */
  public void onPubAck(int packetId) {
    if (outgoing != null) {
      outgoing.onPubAck(packetId);
      pumpBacklog();
    }
  }

  /** The client has taken, or refused, a QoS 2 message. */
  public void onPubRec(int packetId, ReasonCode reasonCode) {
    if (link != null) {
      outgoing().onPubRec(link, packetId, reasonCode);
      pumpBacklog();
    }
  }

  /** The client has ended a QoS 2 exchange. */
  public void onPubComp(int packetId) {
    if (outgoing != null) {
      outgoing.onPubComp(packetId);
      pumpBacklog();
    }
  }

  private void pumpBacklog() {
    if (hasBacklog()) {
      pump();
    }
  }

  /** The QoS 2 messages of the client that await their PUBREL. */
  public IncomingPacketIds incomingQos2() {
    return incomingQos2;
  }

  /** QoS 1 and 2 messages waiting to be sent. */
  public int queuedMessages() {
    return outgoing == null ? 0 : outgoing.queuedMessages();
  }

  /** QoS 1 and 2 messages sent and not yet acknowledged. */
  public int inFlightMessages() {
    return outgoing == null ? 0 : outgoing.inFlightMessages();
  }

  @Override
  public String toString() {
    return "session " + clientId;
  }
}
