package io.noctule.app.client;

import io.noctule.app.command.ReasonText;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.BitSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher has sent and the broker has not acknowledged yet. One thread publishes; a
 * second, started here, reads the acknowledgements.
 */
final class Outbox {
  private static final int LARGEST_PACKET_ID = 65_535;

  private final MqttClient client;
  private final QoS qos;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread reader;

  // Guarded by the lock.
  private final BitSet unacknowledged = new BitSet();
  private int lastPacketId;
  private @Nullable IOException lost;
  private @Nullable RuntimeException failed;
  private long refused;
  private String refusal = "";

  /**
   * An outbox.
   *
   * @param limit messages that may be unacknowledged at a time; a publisher that would exceed it
   *     waits
   */
  Outbox(MqttClient client, QoS qos, int limit) {
    this.client = client;
    this.qos = qos;
    this.limit = limit;
    reader = Thread.ofVirtual().name("acknowledgements").unstarted(this::readAcknowledgements);
  }

  void start() {
    reader.start();
  }

  /** Sends a message, or has it sent with the next; waits where too many are unacknowledged. */
  void publish(Publish message) throws IOException, InterruptedException {
    if (qos == QoS.AT_MOST_ONCE) {
      check();
      client.sendLater(message);
      return;
    }
    int packetId;
    lock.lock();
    try {
      awaitAtMost(limit - 1);
      do {
        lastPacketId = lastPacketId == LARGEST_PACKET_ID ? 1 : lastPacketId + 1;
      } while (unacknowledged.get(lastPacketId)); // [MQTT-2.2.1-3]
      packetId = lastPacketId;
      unacknowledged.set(packetId);
    } finally {
      lock.unlock();
    }
    client.sendLater(
        new Publish(
            message.topic(),
            message.topicAlias(),
            message.qos(),
            message.retain(),
            false,
            packetId,
            message.properties(),
            message.payload()));
  }

  void flush() throws IOException {
    client.flush();
  }

  /** Waits until all that was published is acknowledged. */
  void awaitAcknowledged() throws IOException, InterruptedException {
    flush();
    lock.lock();
    try {
      awaitAtMost(0);
    } finally {
      lock.unlock();
    }
  }

  private void awaitAtMost(int count) throws IOException, InterruptedException {
    if (unacknowledged.cardinality() > count) {
      flush();
    }
    while (unacknowledged.cardinality() > count) {
      throwFailure();
      changed.await();
    }
    throwFailure();
  }

  private void check() throws IOException {
    lock.lock();
    try {
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  private void throwFailure() throws IOException {
    if (lost != null) {
      throw lost;
    }
    if (failed != null) {
      throw failed;
    }
  }

  int unacknowledged() {
    lock.lock();
    try {
      return unacknowledged.cardinality();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what is missing, and disconnects. */
  void finish(Disconnect goodbye) throws IOException, InterruptedException {
    awaitAcknowledged();
    client.disconnect(goodbye);
    reader.join();
  }

  /**
   * Tells what the broker refused.
   *
   * @param err null where nothing shall be told
   * @return the exit status
   */
  int report(@Nullable PrintStream err) {
    if (refused == 0) {
      return 0;
    }
    if (err != null) {
      err.printf("noctule pub: the broker refused %d of the messages: %s%n", refused, refusal);
    }
    return 1;
  }

  private void readAcknowledgements() {
    try {
      for (Packet packet = client.receive(); packet != null; packet = client.receive()) {
        take(packet);
      }
    } catch (IOException e) {
      fail(e, null);
    } catch (RuntimeException e) {
      fail(null, e);
    }
  }

  private void take(Packet packet) throws IOException {
    switch (packet) {
      case PubAck ack ->
          acknowledge(ack.packetId(), ack.reasonCode(), ack.properties().reasonString());
      case PubRec rec when rec.reasonCode().isError() ->
          acknowledge(rec.packetId(), rec.reasonCode(), rec.properties().reasonString());
      case PubRec rec -> client.send(PubRel.of(rec.packetId()));
      case PubComp comp ->
          acknowledge(comp.packetId(), comp.reasonCode(), comp.properties().reasonString());
      case Disconnect disconnect ->
          throw new IOException(ReasonText.of(disconnect.reasonCode(), disconnect.reasonString()));
      default -> {
        // A kept session may deliver messages; a publisher does not want them.
      }
    }
  }

  private void acknowledge(int packetId, ReasonCode code, @Nullable String reasonString) {
    lock.lock();
    try {
      unacknowledged.clear(packetId);
      if (code.isError()) {
        refused++;
        refusal = ReasonText.of(code, reasonString);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(@Nullable IOException connectionLost, @Nullable RuntimeException failure) {
    lock.lock();
    try {
      lost = connectionLost;
      failed = failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
