package io.noctule.conformance.interop;

import org.jspecify.annotations.Nullable;

/**
 * A public MQTT client as the tests drive it. Each call waits until the broker has answered, at
 * most {@link #PATIENCE_SECONDS}, and fails with an {@link AssertionError} where it does not. For
 * one thread.
 */
interface PublicClient extends AutoCloseable {
  /** Long enough for a machine with much else to do; nothing waits for it where all is well. */
  long PATIENCE_SECONDS = 30;

  /**
   * An application message.
   *
   * @param retain on the way to the broker, whether to keep it; on the way from it, whether it was
   *     kept
   */
  record Message(String topic, String payload, int qos, boolean retain) {
    static Message of(String topic, String payload, int qos) {
      return new Message(topic, payload, qos, false);
    }

    Message retained() {
      return new Message(topic, payload, qos, true);
    }
  }

  /**
   * How to connect.
   *
   * @param keepsSession whether the session outlives the connection and an old one is taken up
   */
  record Connection(int port, String clientId, boolean keepsSession, @Nullable Message will) {
    static Connection to(int port, String clientId) {
      return new Connection(port, clientId, false, null);
    }

    Connection keepingSession() {
      return new Connection(port, clientId, true, will);
    }

    Connection withWill(Message message) {
      return new Connection(port, clientId, keepsSession, message);
    }
  }

  /**
   * Connects to loopback.
   *
   * @return whether the broker had a session of this client
   */
  boolean connect(Connection connection);

  /**
   * Subscribes.
   *
   * @return the QoS that the broker grants
   */
  int subscribe(String filter, int qos);

  /** Publishes and waits for the end of the exchange that the QoS asks for. */
  void publish(Message message);

  /** The next message that the client's application has received. */
  Message receive();

  /** Sends DISCONNECT. */
  void disconnect();

  /** Ends the client, connected or not. */
  @Override
  void close();
}
