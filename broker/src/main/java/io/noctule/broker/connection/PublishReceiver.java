package io.noctule.broker.connection;

import io.noctule.broker.access.Decision;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.broker.session.Session;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Takes the PUBLISH packets of one client: resolves the alias, validates, authorises, keeps,
 * routes, acknowledges, in this order. Owned by the event loop.
 */
final class PublishReceiver {
  private final Session session;
  private final MqttVersion version;
  private final ConnectionServices services;
  private final Outbound outbound;
  private final IncomingAliases aliases;
  // The topic that was last found to be allowed: most clients publish to one topic over and over.
  private @Nullable TopicName allowedTopic;

  PublishReceiver(
      Session session, MqttVersion version, ConnectionServices services, Outbound outbound) {
    this.session = session;
    this.version = version;
    this.services = services;
    this.outbound = outbound;
    this.aliases = new IncomingAliases(services.sessions().limits().topicAliasMaximum());
  }

  void onPublish(Publish packet) throws ProtocolException {
    count(Counter.MESSAGES_RECEIVED);
    TopicName topic = aliases.resolve(packet);
    Limits limits = services.sessions().limits();
    if (!isAllowed(topic)) {
      requireLevels(topic, limits.topicLevels());
    }
    if (packet.qos() == QoS.EXACTLY_ONCE && !admitsQos2(packet, limits)) {
      return;
    }
    if (!isAllowed(topic)) {
      Decision decision = services.authorizer().mayPublish(session.identity(), topic);
      if (!decision.isAllowed()) {
        deny(packet, topic, decision);
        return;
      }
      allowedTopic = topic;
    }
    boolean matched = accept(packet, topic);
    acknowledge(
        packet,
        matched || !version.hasProperties()
            ? ReasonCode.SUCCESS
            : ReasonCode.NO_MATCHING_SUBSCRIBERS);
  }

  private boolean isAllowed(TopicName topic) {
    return allowedTopic != null && allowedTopic.equals(topic);
  }

  /** The rules have changed. */
  void forgetAllowed() {
    allowedTopic = null;
  }

  private void requireLevels(TopicName topic, int maximum) throws ProtocolException {
    int levels = topic.levelCount();
    if (levels > maximum) {
      throw new ProtocolException(
          ReasonCode.TOPIC_NAME_INVALID,
          "the topic has " + levels + " levels, the limit is " + maximum);
    }
  }

  /**
   * Whether the message is new; one that has come before is acknowledged again and not routed
   * [MQTT-4.3.3-10].
   */
  private boolean admitsQos2(Publish packet, Limits limits) throws ProtocolException {
    if (session.incomingQos2().contains(packet.packetId())) {
      outbound.send(PubRec.of(packet.packetId()));
      return false;
    }
    if (session.incomingQos2().count() >= limits.receiveMaximum()
        && version.hasProperties()) { // [MQTT-3.3.4-7]
      throw new ProtocolException(
          ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          "more than " + limits.receiveMaximum() + " QoS 2 messages await PUBREL");
    }
    return true;
  }

  private void deny(Publish packet, TopicName topic, Decision decision) {
    count(Counter.PUBLISH_DENIED);
    services
        .events()
        .warn(
            "%s may not publish to %s: %s"
                .formatted(session.identity().describe(), topic, decision.rule()));
    // Before MQTT 5 there is no way to say no but to close the connection; the message is dropped
    // instead.
    if (!version.hasProperties()) {
      acknowledge(packet, ReasonCode.SUCCESS);
      return;
    }
    ReasonProperties why =
        outbound.mayExplain()
            ? ReasonProperties.because("not allowed to publish to " + topic)
            : ReasonProperties.NONE;
    switch (packet.qos()) {
      case AT_MOST_ONCE -> {}
      case AT_LEAST_ONCE ->
          outbound.send(new PubAck(packet.packetId(), ReasonCode.NOT_AUTHORIZED, why));
      case EXACTLY_ONCE ->
          outbound.send(new PubRec(packet.packetId(), ReasonCode.NOT_AUTHORIZED, why));
    }
  }

  private boolean accept(Publish packet, TopicName topic) {
    Publication publication =
        Publication.view(
            topic,
            packet.payload(),
            packet.qos(),
            packet.retain(),
            packet.properties(),
            session.clientId(),
            packet.properties().expires() ? services.sessions().loop().nanos() : 0);
    if (packet.retain() && !services.sessions().retained().put(publication.keep())) {
      count(Counter.RETAINED_LIMIT_REACHED);
      services.events().warn("retained message on " + topic + " not kept: the limit is reached");
    }
    return services.sessions().router().route(publication);
  }

  private void acknowledge(Publish packet, ReasonCode reasonCode) {
    switch (packet.qos()) {
      case AT_MOST_ONCE -> {}
      case AT_LEAST_ONCE -> outbound.send(PubAck.of(packet.packetId(), reasonCode));
      case EXACTLY_ONCE -> {
        if (!reasonCode.isError()) {
          session.incomingQos2().add(packet.packetId());
        }
        outbound.send(PubRec.of(packet.packetId(), reasonCode));
      }
    }
  }

  void onPubRel(PubRel packet) {
    boolean known = session.incomingQos2().remove(packet.packetId());
    ReasonCode reasonCode =
        known || !version.hasProperties()
            ? ReasonCode.SUCCESS
            : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    outbound.send(PubComp.of(packet.packetId(), reasonCode));
  }

  private void count(Counter counter) {
    services.sessions().loop().counters().increment(counter);
  }
}
