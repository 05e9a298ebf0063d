package io.noctule.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One network connection to the broker, from CONNECT to its end; the device opens a new one for
 * each attempt. All futures complete on a thread of the client library: the loop takes them over
 * with its own executor. They fail with {@link ConnectionLostException} where the connection ended
 * first, else with {@link DeviceException}.
 */
sealed interface MqttConnection permits Mqtt3Connection, Mqtt5Connection {
  /**
   * Starts the thread of the client library, which all devices of a process share. A daemon: an
   * attempt to connect that was given up does not keep the process alive.
   */
  Executor NETWORK_THREAD =
      task -> Thread.ofPlatform().name("noctule-device-network").daemon().start(task);

  /** Hears what the broker sends; called on a thread of the client library and must not block. */
  interface Listener {
    /**
     * A message came.
     *
     * @param acknowledge to be run once it has been handled: sends PUBACK or PUBREC
     */
    void received(Message message, Runnable acknowledge);

    /** The connection ended; also called where it never came to CONNACK. */
    void ended(DisconnectReason reason);
  }

  /**
   * Connects; completes with whether the broker has a session of this device from before, and fails
   * with what {@link BrokerAnswers#connectFailure} understands.
   */
  CompletableFuture<Boolean> connect();

  /** Sends SUBSCRIBE; completes with SUBACK. */
  CompletableFuture<Void> subscribe(String filter, int qos);

  /** Sends UNSUBSCRIBE; completes with UNSUBACK. */
  CompletableFuture<Void> unsubscribe(String filter);

  /** Sends PUBLISH; completes as {@link Publication#sent} says. */
  CompletableFuture<Void> publish(Publication publication);

  /** Sends DISCONNECT and closes. */
  CompletableFuture<Void> disconnect();
}
