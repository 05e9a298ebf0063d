package io.noctule.broker.connection;

import io.noctule.broker.access.Admission;
import io.noctule.broker.access.Credentials;
import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.session.Session;
import io.noctule.broker.session.SessionServices;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.Will;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From CONNECT to CONNACK: decides whether the client comes in, finds or makes its session, and
 * attaches the connection to it.
 *
 * <p>Each step runs on the loop of the channel. An existing session belongs to one loop: to resume
 * it, the channel moves there; to throw it away, that loop is asked to, and the step is repeated
 * afterwards. What was found is therefore looked up anew in each step, on the loop where nobody
 * else can change it.
 */
final class Handshake {
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

  private final Connection connection;
  private final Transport transport;
  private final Connect connect;
  private final String clientId;
  private final long reviewsAtStart;
  private ConnectionServices services;
  private Identity identity;

  Handshake(
      Connection connection, Transport transport, Connect connect, ConnectionServices services) {
    this.connection = connection;
    this.transport = transport;
    this.connect = connect;
    this.services = services;
    // [MQTT-3.1.3-6]: unique, and told to MQTT 5 clients.
    this.clientId =
        connect.clientId().isEmpty() ? "noctule-" + UUID.randomUUID() : connect.clientId();
    this.identity = Identity.anonymous(clientId);
    this.reviewsAtStart = services.reviews().get();
  }

  void start() {
    if (connect.properties().authenticationMethod() != null) {
      refuse(
          ReasonCode.BAD_AUTHENTICATION_METHOD,
          "authentication method "
              + connect.properties().authenticationMethod()
              + " is not offered");
      return;
    }
    if (connect.clientId().isEmpty() && !connect.cleanStart() && !isVersion5()) {
      // [MQTT-3.1.3-8] of 3.1.1
      refuse(
          ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
          "a session that is kept needs a client identifier");
      return;
    }
    BrokerLoop loop = services.sessions().loop();
    services
        .authenticator()
        .authenticate(
            new Credentials(
                clientId,
                connect.userName(),
                connect.password(),
                transport.remoteAddress(),
                transport.certificateName(),
                transport.origin()))
        .whenComplete(
            (admission, failure) -> {
              if (loop.inLoop()) {
                answer(admission, failure);
              } else {
                loop.execute(() -> answer(admission, failure));
              }
            });
  }

  /** A fault in here must reach the client: a completion stage would swallow it. */
  private void answer(@Nullable Admission admission, @Nullable Throwable failure) {
    try {
      onAdmission(admission, failure);
    } catch (RuntimeException e) {
      LOG.error("a handshake failed; its connection is closed", e);
      refuse(ReasonCode.UNSPECIFIED_ERROR, "the broker failed");
    }
  }

  private boolean isVersion5() {
    return connect.version().hasProperties();
  }

  private void onAdmission(@Nullable Admission admission, @Nullable Throwable failure) {
    if (connection.isOver()) {
      return;
    }
    switch (admission) {
      case Admission.Granted granted -> {
        identity = granted.identity();
        checkWill();
      }
      case Admission.Refused refused ->
          connection.refused(connect, refused.reasonCode(), refused.told(), refused.why());
      case null -> {
        services.events().warn("authentication failed without an answer: " + failure);
        refuse(ReasonCode.UNSPECIFIED_ERROR, "the credentials cannot be checked now");
      }
    }
  }

  private void checkWill() {
    Will will = connect.will();
    if (will != null && will.topic().levelCount() > services.sessions().limits().topicLevels()) {
      refuse(ReasonCode.TOPIC_NAME_INVALID, "the will's topic has too many levels");
      return;
    }
    if (will != null) {
      Decision decision = services.authorizer().mayPublish(identity, will.topic());
      if (!decision.isAllowed()) {
        services.sessions().loop().counters().increment(Counter.PUBLISH_DENIED);
        connection.refused(
            connect,
            ReasonCode.NOT_AUTHORIZED,
            "not allowed to publish the will to " + will.topic(),
            "%s may not publish its will to %s: %s"
                .formatted(identity.describe(), will.topic(), decision.rule()));
        return;
      }
    }
    findSession();
  }

  private void findSession() {
    if (connection.isOver()) {
      return;
    }
    SessionServices sessions = services.sessions();
    Session existing = sessions.registry().get(clientId);
    if (existing == null) {
      makeSession(sessions);
    } else if (!existing.identity().isSameUserAs(identity)) {
      refuseForeign(existing);
    } else if (connect.cleanStart()) {
      discard(existing); // [MQTT-3.1.2-4]
    } else if (existing.loop() != sessions.loop()) {
      moveTo(existing.loop());
    } else if (!existing.isPersistent()) {
      discard(existing); // It ends with its connection, which the new one closes.
    } else {
      attach(existing, true);
    }
  }

  /**
   * Nobody throws another user's client out or gets its messages, were it only for the time that
   * its connection lasts.
   */
  private void refuseForeign(Session existing) {
    connection.refused(
        connect,
        ReasonCode.NOT_AUTHORIZED,
        "the client identifier is in use by another user",
        "%s comes with a client identifier that belongs to %s"
            .formatted(userText(identity), userText(existing.identity())));
  }

  private static String userText(Identity identity) {
    return identity.userName() == null
        ? "a client without a user name"
        : "user " + identity.userName();
  }

  private void makeSession(SessionServices sessions) {
    if (sessions.registry().isFull()) {
      refuse(ReasonCode.QUOTA_EXCEEDED, "the limit on sessions is reached");
      return;
    }
    Session fresh = new Session(identity, sessions);
    if (sessions.registry().add(fresh) == null) {
      attach(fresh, false);
    } else {
      findSession(); // Another connection of this client was quicker.
    }
  }

  /** Ends a session on its own loop, then looks again. */
  private void discard(Session existing) {
    BrokerLoop here = services.sessions().loop();
    BrokerLoop owner = existing.loop();
    if (owner == here) {
      existing.end();
      findSession();
    } else {
      owner.execute(
          () -> {
            existing.end();
            here.execute(this::findSession);
          });
    }
  }

  private void moveTo(BrokerLoop owner) {
    connection.leavingLoop();
    transport.moveTo(
        owner,
        () -> {
          services = transport.servicesOf(owner);
          connection.movedTo(services);
          findSession();
        });
  }

  private void attach(Session session, boolean present) {
    Limits limits = services.sessions().limits();
    boolean isChanged = present && !session.identity().equals(identity);
    session.identity(identity);
    session.attach(connection, sessionExpirySeconds());
    connection.outbound().adapt(connect, limits.topicAliasMaximum());
    connection.accepted(connect, session, connect.keepAliveSeconds());
    ConnAck connAck =
        new ConnAck(present && sendsSessionPresent(), ReasonCode.SUCCESS, answer(session));
    if (!connection.outbound().send(connAck)) {
      connection.close(ReasonCode.PACKET_TOO_LARGE, "CONNACK is larger than the client accepts");
      return;
    }
    if (isChanged || services.reviews().get() != reviewsAtStart) {
      // The session was made by the same user with other rights, such as those of groups it has
      // left; or users or rules have changed since they were asked, and the review has passed by.
      new AccessReview(services).review(connection);
      if (connection.isOver()) {
        return;
      }
    }
    transport.proceed(limits.maximumPacketBytes());
    session.pump();
  }

  /** MQTT 3.1 has no such flag. */
  private boolean sendsSessionPresent() {
    return connect.version() != MqttVersion.MQTT_3_1;
  }

  private long sessionExpirySeconds() {
    if (isVersion5()) {
      return connect.properties().sessionExpirySeconds();
    }
    return connect.cleanStart() ? 0 : Connect.Properties.NEVER_EXPIRES;
  }

  private ConnAck.Properties answer(Session session) {
    Limits limits = services.sessions().limits();
    long asked = connect.properties().sessionExpirySeconds();
    return new ConnAck.Properties(
        session.expirySeconds() == asked ? null : session.expirySeconds(),
        limits.receiveMaximum(),
        QoS.EXACTLY_ONCE,
        true,
        limits.maximumPacketBytes(),
        connect.clientId().isEmpty() ? clientId : null,
        limits.topicAliasMaximum(),
        null,
        List.of(),
        true,
        true,
        true,
        null,
        null,
        null,
        null,
        null);
  }

  private void refuse(ReasonCode reasonCode, String why) {
    connection.refused(connect, reasonCode, why, why);
  }
}
