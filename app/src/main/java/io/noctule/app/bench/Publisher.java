package io.noctule.app.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.protocol.packet.QoS;
import java.util.BitSet;

/** A connection that sends. Owned by the event loop of the run. */
final class Publisher extends LoadClient {
  /**
   * Bytes written at once: small enough to stay in the cache, large enough that the system call
   * costs little.
   */
  private static final int BATCH_BYTES = 1 << 16;

  private static final int LARGEST_PACKET_ID = 65_535;
  private static final int REFUSED = 0x80;

  private final PublishTemplate template;
  private final QoS qos;

  /** Packet identifiers that wait for PUBACK or PUBCOMP. */
  private final BitSet unacknowledged = new BitSet(LARGEST_PACKET_ID + 1);

  private int unacknowledgedCount;
  private int inFlightLimit;
  private int lastPacketId;
  private long sent;

  /** Deliveries that subscribers have seen or that are known to be lost, over all subscribers. */
  private long settledDeliveries;

  Publisher(LoadRun run, int index, String topic) {
    super(run, "publisher " + (index + 1));
    template = new PublishTemplate(topic, index, run.plan());
    qos = run.plan().qos();
  }

  @Override
  void connected(Handshake.Accepted accepted) {
    inFlightLimit = Math.min(accepted.receiveMaximum(), LARGEST_PACKET_ID - 1);
    run().clientReady();
  }

  /** How many messages have been sent. */
  long sent() {
    return sent;
  }

  /** How many messages of QoS 1 or 2 the broker has not acknowledged yet. */
  int unacknowledgedCount() {
    return unacknowledgedCount;
  }

  /** Takes note that deliveries need no longer be waited for. */
  void settle(long deliveries) {
    settledDeliveries += deliveries;
  }

  /**
   * Sends as many messages as the window leaves room for, unless the room is yet too small to be
   * worth a system call.
   */
  void sendWithin(int window, int deliveriesPerMessage) {
    int limit = qos == QoS.AT_MOST_ONCE ? window : Math.min(window, inFlightLimit);
    long underWay = (sent * deliveriesPerMessage - settledDeliveries) / deliveriesPerMessage;
    long room = Math.min(window - underWay, limit - (long) unacknowledgedCount);
    if (room < Math.max(1, limit / 8)) {
      return;
    }
    long nowNanos = System.nanoTime();
    send(room, _ -> nowNanos);
  }

  /**
   * Sends what is due: messages up to a number, each stamped with the time when it should have been
   * sent.
   */
  void sendDue(long dueCount, IntendedTime intended) {
    long room = dueCount - sent;
    if (qos != QoS.AT_MOST_ONCE) {
      room = Math.min(room, inFlightLimit - (long) unacknowledgedCount);
    }
    if (room > 0) {
      send(room, intended);
    }
  }

  /** When a message of a publisher should be sent. */
  @FunctionalInterface
  interface IntendedTime {
    /** In nanoseconds of {@link System#nanoTime()}. */
    long ofSequence(long sequence);
  }

  private void send(long count, IntendedTime intended) {
    ChannelHandlerContext context = context();
    int batch = Math.max(1, BATCH_BYTES / template.packetBytes());
    long rest = count;
    boolean written = false;
    // A socket that takes no more holds the publisher up: what waits here is bounded by the
    // high-water mark.
    while (rest > 0 && context.channel().isWritable()) {
      int messages = (int) Math.min(rest, batch);
      ByteBuf buffer = context.alloc().directBuffer(messages * template.packetBytes());
      for (int i = 0; i < messages; i++) {
        writeNext(buffer, intended.ofSequence(sent));
      }
      var _ = context.write(buffer, context.voidPromise());
      written = true;
      rest -= messages;
    }
    if (written) {
      context.flush();
    }
  }

  private void writeNext(ByteBuf buffer, long timeNanos) {
    if (qos == QoS.AT_MOST_ONCE) {
      template.write(buffer, sent++, timeNanos);
      return;
    }
    do {
      lastPacketId = lastPacketId == LARGEST_PACKET_ID ? 1 : lastPacketId + 1;
    } while (unacknowledged.get(lastPacketId));
    unacknowledged.set(lastPacketId);
    unacknowledgedCount++;
    template.write(buffer, sent++, timeNanos, lastPacketId);
  }

  @Override
  void receive(int firstByte, ByteBuf buffer, int body, int end, long nowNanos) {
    int packetId = buffer.getUnsignedShort(body);
    if (!unacknowledged.get(packetId)) {
      throw CommandFailure.failed(
          "the broker acknowledged a packet identifier that is not in use: " + packetId);
    }
    if (end - body > 2 && buffer.getUnsignedByte(body + 2) >= REFUSED) {
      throw CommandFailure.failed(
          "the broker refused a message with reason code 0x%02x"
              .formatted(buffer.getUnsignedByte(body + 2)));
    }
    switch (firstByte & 0xF0) {
      case PUBREC -> answer(PUBREL | 2, packetId);
      case PUBACK, PUBCOMP -> {
        unacknowledged.clear(packetId);
        unacknowledgedCount--;
      }
      default ->
          throw CommandFailure.failed(
              "the broker sent a publisher a packet of type " + (firstByte >> 4));
    }
  }
}
