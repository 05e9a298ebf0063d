package io.noctule.broker.connection;

import io.noctule.broker.access.Decision;
import io.noctule.broker.access.Identity;
import io.noctule.broker.access.Review;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.session.Session;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Asks again about every client of one loop after users or rules have changed: who is no longer
 * known goes, what is no longer allowed ends. On that loop.
 *
 * <p>Some at a time, so that messages go on in between. A client that connects meanwhile sees by
 * {@link ConnectionServices#reviews} that it has to be asked about again.
 */
public final class AccessReview implements Runnable {
  private static final int CLIENTS_A_TURN = 256;
  private static final String SHARE_PREFIX = "$share/";

  private final ConnectionServices services;
  private final BrokerLoop loop;
  private Iterator<Connection> connections = List.<Connection>of().iterator();
  private Iterator<Session> sessions = List.<Session>of().iterator();
  private boolean begun;
  private boolean sessionsBegun;

  /** A review of the clients of one loop. */
  public AccessReview(ConnectionServices services) {
    this.services = services;
    this.loop = services.sessions().loop();
  }

  /** Looks at some of them, and comes back for the rest. */
  @Override
  public void run() {
    if (!begun) {
      begun = true;
      connections = services.open().snapshot().iterator();
    }
    for (int i = 0; i < CLIENTS_A_TURN; i++) {
      if (connections.hasNext()) {
        review(connections.next());
      } else if (!sessionsBegun) {
        sessionsBegun = true;
        sessions = sessionsOfTheLoop().iterator();
      } else if (sessions.hasNext()) {
        review(sessions.next());
      } else {
        return;
      }
    }
    loop.execute(this);
  }

  private List<Session> sessionsOfTheLoop() {
    List<Session> found = new ArrayList<>();
    for (Session session : services.sessions().registry().all()) {
      if (session.loop() == loop) {
        found.add(session);
      }
    }
    return found;
  }

  /** Asks about a connected client; one that is not connected is left alone. */
  void review(Connection connection) {
    Session session = connection.session();
    if (session == null || connection.isOver()) {
      return;
    }
    switch (services.authenticator().review(session.identity())) {
      case Review.Stays(Identity identity) -> {
        session.identity(identity);
        connection.forgetAllowed();
        reviewWill(connection, identity);
        reviewSubscriptions(session, identity);
      }
      case Review.Disconnected(String why) -> {
        reviewWill(connection, session.identity());
        connection.expel(why);
      }
      case Review.Forgotten(String why) -> {
        reviewWill(connection, session.identity());
        session.expirySeconds(0);
        connection.expel(why);
      }
    }
  }

  private void reviewWill(Connection connection, Identity identity) {
    Will will = connection.will();
    if (will != null && !mayPublishWill(identity, will.topic())) {
      connection.dropWill();
    }
  }

  private boolean mayPublishWill(Identity identity, TopicName topic) {
    Decision decision = services.authorizer().mayPublish(identity, topic);
    if (!decision.isAllowed()) {
      services
          .events()
          .warn(
              "%s may no longer publish its will to %s: %s"
                  .formatted(identity.describe(), topic, decision.rule()));
    }
    return decision.isAllowed();
  }

  /**
   * Asks about a session. One whose client is connected by now may have been taken up since the
   * connections were looked at, so its subscriptions are asked about once more.
   */
  private void review(Session session) {
    if (session.isEnded()) {
      return;
    }
    if (session.isConnected()) {
      reviewSubscriptions(session, session.identity());
      return;
    }
    Identity former = session.identity();
    TopicName will = session.pendingWillTopic();
    if (will != null && !mayPublishWill(former, will)) {
      session.dropPendingWill();
    }
    switch (services.authenticator().review(former)) {
      case Review.Stays(Identity identity) -> {
        session.identity(identity);
        reviewSubscriptions(session, identity);
      }
      case Review.Disconnected _ -> reviewSubscriptions(session, former);
      case Review.Forgotten(String why) -> {
        services.events().warn("session of " + former.describe() + " ended: " + why);
        session.end();
      }
    }
  }

  private void reviewSubscriptions(Session session, Identity identity) {
    boolean any = false;
    for (TopicFilter filter : session.subscriptions().filters()) {
      Decision decision = services.authorizer().maySubscribe(identity, filter);
      if (!decision.isAllowed()) {
        any = true;
        session.revoke(filter);
        services
            .events()
            .warn(
                "%s may no longer subscribe to %s: %s"
                    .formatted(identity.describe(), filter, decision.rule()));
      }
    }
    if (any) {
      session.dropQueued(topic -> !mayGet(identity, topic));
    }
  }

  /** A topic is the narrowest filter; one that looks like a shared subscription is none. */
  private boolean mayGet(Identity identity, TopicName topic) {
    return !topic.text().startsWith(SHARE_PREFIX)
        && services.authorizer().maySubscribe(identity, TopicFilter.of(topic.text())).isAllowed();
  }
}
