package io.noctule.history.record;

import io.noctule.history.database.Entry.Delivery;
import io.noctule.history.mqtt.Incoming.Publish;
import io.noctule.history.mqtt.Subscriber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker: puts what comes into the intake, and acknowledges on the connection
 * that a message came by. Never on a later one: its packet identifiers may mean other messages.
 *
 * <p>Messages come on the connection's thread; acknowledged is on the writer's.
 */
final class BrokerSession {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);

  /** How long it waits for room before it tells the broker that it is still there. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int DIGEST_BYTES = 16;
  private static final byte[] NO_DIGEST = {};

  private final Subscriber subscriber;
  private final MessageReader reader;
  private final Intake intake;
  private final Counters counters;
  private final MessageDigest sha256;

  BrokerSession(Subscriber subscriber, MessageReader reader, Intake intake, Counters counters) {
    this.subscriber = subscriber;
    this.reader = reader;
    this.intake = intake;
    this.counters = counters;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /**
   * Takes a message. Waits while there is no room, and so reads no more from the broker, which
   * keeps the rest; at QoS 0 the message is dropped instead, since those behind it must not wait
   * for what nobody sends again.
   */
  void receive(Publish publish) throws IOException, InterruptedException {
    counters.received.increment();
    boolean acknowledgeable = publish.packetId() != 0;
    var delivery =
        new Delivery(
            publish.packetId(),
            publish.duplicate(),
            publish.retained(),
            acknowledgeable ? digest(publish) : NO_DIGEST);
    var message =
        new Message(
            reader.read(publish.topic(), publish.payload(), publish.size(), delivery), this);
    if (!acknowledgeable) {
      if (!intake.put(message, Duration.ZERO)) {
        counters.dropped.increment();
      }
      return;
    }
    while (!intake.put(message, PATIENCE) && !intake.isClosed()) {
      subscriber.keepAlive();
    }
  }

  private byte[] digest(Publish publish) {
    sha256.update(publish.topic().getBytes(StandardCharsets.UTF_8));
    // Where the topic ends, and how long the payload is of which this may be the beginning only.
    sha256.update(ByteBuffer.allocate(1 + Integer.BYTES).putInt(1, publish.size()));
    return Arrays.copyOf(sha256.digest(publish.payload()), DIGEST_BYTES);
  }

  /** Tells the broker that messages are on the disk; a lost connection leaves it to the next. */
  void acknowledge(List<Integer> packetIds) {
    try {
      subscriber.acknowledge(packetIds);
    } catch (IOException e) {
      // The broker delivers them again, and they will be known.
      LOG.debug("{} messages are not acknowledged: {}", packetIds.size(), e.getMessage());
    }
  }
}
