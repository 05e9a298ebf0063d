package io.noctule.broker.connection;

import io.noctule.broker.access.Decision;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.routing.Subscription;
import io.noctule.broker.session.Session;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Subscribe.RetainHandling;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes SUBSCRIBE and UNSUBSCRIBE packets. On the event loop. */
final class SubscribeHandler {
  // On average: a few long filters are fine, thousands of them are not.
  private static final int CHARACTERS_PER_SUBSCRIPTION = 256;

  private final Session session;
  private final ConnectionServices services;
  private final Outbound outbound;
  private @Nullable String refusal;

  SubscribeHandler(Session session, ConnectionServices services, Outbound outbound) {
    this.session = session;
    this.services = services;
    this.outbound = outbound;
  }

  /**
   * Makes the subscriptions and answers.
   *
   * @return false where the answer is larger than the client accepts
   */
  boolean onSubscribe(Subscribe packet) {
    List<ReasonCode> reasonCodes = new ArrayList<>(packet.requests().size());
    List<Subscribe.Request> retained = new ArrayList<>();
    for (Subscribe.Request request : packet.requests()) {
      ReasonCode refused = refusalOf(request.filter());
      if (refused != null) {
        reasonCodes.add(refused);
        continue;
      }
      Subscription subscription =
          new Subscription(
              request.maximumQos(),
              request.noLocal(),
              request.retainAsPublished(),
              packet.subscriptionIdentifier());
      boolean isNew = !session.subscriptions().contains(request.filter());
      session.subscriptions().put(request.filter(), subscription);
      reasonCodes.add(ReasonCode.granted(request.maximumQos()));
      if (wantsRetained(request, isNew)) {
        retained.add(request);
      }
    }
    // [MQTT-3.8.4-1]; sent before the retained messages, which is what clients expect.
    if (!outbound.send(new SubAck(packet.packetId(), explanation(), reasonCodes))) {
      return false;
    }
    retained.forEach(request -> session.deliverRetained(request.filter()));
    return true;
  }

  private static boolean wantsRetained(Subscribe.Request request, boolean isNew) {
    if (request.filter().isShared()) {
      return false; // Section 4.8.2: no retained messages for a shared subscription.
    }
    RetainHandling handling = request.retainHandling();
    return handling == RetainHandling.SEND // [MQTT-3.3.1-9]
        || (handling == RetainHandling.SEND_IF_NEW && isNew); // [MQTT-3.3.1-10]
  }

  private @Nullable ReasonCode refusalOf(TopicFilter filter) {
    int maximumLevels = services.sessions().limits().topicLevels();
    int levels = filter.levelCount();
    if (levels > maximumLevels) {
      refusal = "the filter has " + levels + " levels, the limit is " + maximumLevels;
      return ReasonCode.TOPIC_FILTER_INVALID;
    }
    Decision decision = services.authorizer().maySubscribe(session.identity(), filter);
    if (!decision.isAllowed()) {
      services.sessions().loop().counters().increment(Counter.SUBSCRIBE_DENIED);
      refusal = "not allowed to subscribe to " + filter;
      services
          .events()
          .warn(
              "%s may not subscribe to %s: %s"
                  .formatted(session.identity().describe(), filter, decision.rule()));
      return ReasonCode.NOT_AUTHORIZED;
    }
    int maximum = services.sessions().limits().subscriptionsPerSession();
    if (!session.subscriptions().contains(filter)
        && (session.subscriptions().count() >= maximum
            || session.subscriptions().filterCharacters() + filter.text().length()
                > (long) maximum * CHARACTERS_PER_SUBSCRIPTION)) {
      refusal = "the limit of " + maximum + " subscriptions, or of their length, is reached";
      services.events().warn("client " + session.clientId() + ": " + refusal);
      return ReasonCode.QUOTA_EXCEEDED;
    }
    return null;
  }

  private ReasonProperties explanation() {
    return refusal == null || !outbound.mayExplain()
        ? ReasonProperties.NONE
        : ReasonProperties.because(refusal);
  }

  void onUnsubscribe(Unsubscribe packet) {
    List<ReasonCode> reasonCodes = new ArrayList<>(packet.filters().size());
    for (TopicFilter filter : packet.filters()) {
      reasonCodes.add(
          session.subscriptions().remove(filter)
              ? ReasonCode.SUCCESS
              : ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }
    outbound.send(new UnsubAck(packet.packetId(), ReasonProperties.NONE, reasonCodes));
  }
}
