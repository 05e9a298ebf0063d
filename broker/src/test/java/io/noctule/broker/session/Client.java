package io.noctule.broker.session;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;

import io.noctule.broker.BrokerParts;
import io.noctule.broker.Messages;
import io.noctule.broker.access.Identity;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import io.noctule.broker.routing.Subscription;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicFilter;
import java.util.List;

/** A session in the registry with the connection that it is attached to. */
final class Client {
  static final Grant EXACTLY_ONCE = new Grant(QoS.EXACTLY_ONCE, false, List.of(), null);

  private final BrokerParts parts;
  private final Session session;
  private RecordingLink link = new RecordingLink();

  Client(BrokerParts parts, String clientId) {
    this.parts = parts;
    this.session = new Session(Identity.anonymous(clientId), parts.sessions(0));
    if (parts.registry().add(session) != null) {
      throw new IllegalStateException(clientId + " has a session");
    }
  }

  /** A client that is connected and whose session never expires. */
  static Client connected(BrokerParts parts) {
    Client client = new Client(parts, "client");
    client.connect(new RecordingLink(), NEVER_EXPIRES);
    return client;
  }

  Session session() {
    return session;
  }

  RecordingLink link() {
    return link;
  }

  /** Attaches a connection as a handshake does. */
  RecordingLink connect(RecordingLink connection, long expirySeconds) {
    link = connection;
    session.attach(connection, expirySeconds);
    session.pump();
    return connection;
  }

  RecordingLink reconnect() {
    return connect(new RecordingLink(), NEVER_EXPIRES);
  }

  void disconnect() {
    session.onDisconnected(link, null);
  }

  void subscribe(String filter, QoS qos) {
    session.subscriptions().put(TopicFilter.of(filter), new Subscription(qos, false, false, 0));
  }

  /** Messages with these texts come, one after another. */
  void receives(QoS qos, String... texts) {
    for (String text : texts) {
      session.deliver(Messages.message("t", text, qos), EXACTLY_ONCE);
    }
  }

  void receives(Publication publication) {
    session.deliver(publication, EXACTLY_ONCE);
  }

  long count(Counter counter) {
    return parts.count(counter);
  }
}
