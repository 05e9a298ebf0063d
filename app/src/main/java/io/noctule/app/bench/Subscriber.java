package io.noctule.app.bench;

import io.netty.buffer.ByteBuf;
import io.noctule.app.command.CommandFailure;
import io.noctule.protocol.packet.MqttVersion;

/** A connection that receives and checks. Owned by the event loop of the run. */
final class Subscriber extends LoadClient {
  private final String filter;
  private final boolean properties;
  private final int payloadBytes;
  private final SequenceCheck[] checks;

  /**
   * A subscriber.
   *
   * @param publishers how many publishers there are; those that this subscriber hears are named by
   *     the filter
   */
  Subscriber(LoadRun run, int index, String filter, int publishers) {
    super(run, "subscriber " + (index + 1));
    this.filter = filter;
    properties = run.plan().version() == MqttVersion.MQTT_5;
    payloadBytes = run.plan().payloadBytes();
    checks = new SequenceCheck[publishers];
    for (int i = 0; i < publishers; i++) {
      checks[i] = new SequenceCheck();
    }
  }

  @Override
  void connected(Handshake.Accepted accepted) {
    send(Handshake.subscribe(context().alloc(), run().plan(), filter));
  }

  @Override
  void subscribed() {
    run().clientReady();
  }

  /** What has come from a publisher. */
  SequenceCheck check(int publisher) {
    return checks[publisher];
  }

  @Override
  void receive(int firstByte, ByteBuf buffer, int body, int end, long nowNanos) {
    switch (firstByte & 0xF0) {
      case PUBLISH -> receivePublish(firstByte, buffer, body, end, nowNanos);
      case PUBREL -> answer(PUBCOMP, buffer.getUnsignedShort(body));
      default ->
          throw CommandFailure.failed(
              "the broker sent a subscriber a packet of type " + (firstByte >> 4));
    }
  }

  private void receivePublish(int firstByte, ByteBuf buffer, int body, int end, long nowNanos) {
    int at = body + 2 + buffer.getUnsignedShort(body);
    int qos = firstByte >> 1 & 3;
    if (qos != 0) {
      answer(qos == 1 ? PUBACK : PUBREC, buffer.getUnsignedShort(at));
      at += 2;
    }
    if (properties) {
      at = afterProperties(buffer, at);
    }
    if (end - at != payloadBytes) {
      throw alien();
    }
    int publisher = buffer.getInt(at);
    if (publisher < 0 || publisher >= checks.length) {
      throw alien();
    }
    long sequence = buffer.getLong(at + PublishTemplate.SEQUENCE_OFFSET);
    long sentNanos = buffer.getLong(at + PublishTemplate.TIME_OFFSET);
    run().delivered(publisher, checks[publisher].accept(sequence), nowNanos - sentNanos);
  }

  private static int afterProperties(ByteBuf buffer, int start) {
    int at = start;
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = buffer.getByte(at++);
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit < 0 && shift < 28);
    return at + length;
  }

  private static CommandFailure alien() {
    return CommandFailure.failed("the broker delivered a message that was never sent");
  }
}
