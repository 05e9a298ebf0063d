package io.noctule.history.record;

import io.noctule.history.database.Entry.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from its first message to its loss: puts what comes into the
 * intake, and acknowledges on the connection that a message came by. Never on a later one: its
 * packet identifiers may mean other messages.
 *
 * <p>Messages come on one thread of the MQTT client; acknowledged is on any.
 */
final class BrokerSession implements MqttCallback {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);

  /**
   * How long the client's thread waits for room. Longer, and the keep-alive would end the
   * connection at some moment of its own; the broker keeps what is not acknowledged.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int DIGEST_BYTES = 16;

  private final MqttAsyncClient client;
  private final MessageReader reader;
  private final Intake intake;
  private final Counters counters;
  private final MessageDigest sha256;
  private final CompletableFuture<Throwable> lost = new CompletableFuture<>();

  BrokerSession(MqttAsyncClient client, MessageReader reader, Intake intake, Counters counters) {
    this.client = client;
    this.reader = reader;
    this.intake = intake;
    this.counters = counters;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Completes with the reason when the connection is lost. */
  CompletableFuture<Throwable> lost() {
    return lost;
  }

  @Override
  public void connectionLost(Throwable cause) {
    lost.complete(cause);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) throws Exception {
    counters.received.increment();
    boolean acknowledgeable = message.getQos() > 0;
    var delivery =
        new Delivery(
            acknowledgeable ? message.getId() : 0,
            message.isDuplicate(),
            message.isRetained(),
            acknowledgeable ? digest(topic, message.getPayload()) : new byte[0]);
    var entry = new Message(reader.read(topic, message.getPayload(), delivery), this);
    if (!intake.put(entry, acknowledgeable ? PATIENCE : Duration.ZERO)) {
      if (acknowledgeable) {
        // Ends the connection: the broker delivers all that is not acknowledged again on the next.
        throw new IntakeFullException();
      }
      counters.dropped.increment();
    }
  }

  private byte[] digest(String topic, byte[] payload) {
    sha256.update(topic.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    return Arrays.copyOf(sha256.digest(payload), DIGEST_BYTES);
  }

  /** Tells the broker that a message is on the disk; a lost connection leaves it to the next. */
  void acknowledge(int packetId) {
    if (lost.isDone()) {
      return;
    }
    try {
      client.messageArrivedComplete(packetId, 1);
    } catch (MqttException e) {
      // The broker delivers it again, and it will be known.
      LOG.debug("message {} is not acknowledged: {}", packetId, e.getMessage());
    }
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // Nothing is published.
  }
}
