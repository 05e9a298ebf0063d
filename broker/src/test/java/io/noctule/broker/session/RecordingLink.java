package io.noctule.broker.session;

import io.noctule.broker.Messages;
import io.noctule.broker.message.Publication;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** A connection that writes down what a session sends, and does as it is told. */
final class RecordingLink implements Link {
  /** What a session sent. */
  sealed interface Sent {}

  /** A message. */
  record Message(String text, QoS qos, boolean retain, boolean duplicate, int packetId)
      implements Sent {
    static Message first(String text, QoS qos, int packetId) {
      return new Message(text, qos, false, false, packetId);
    }

    static Message again(String text, QoS qos, int packetId) {
      return new Message(text, qos, false, true, packetId);
    }
  }

  /** A PUBREL packet. */
  record Release(int packetId, ReasonCode reasonCode) implements Sent {
    static Release of(int packetId) {
      return new Release(packetId, ReasonCode.SUCCESS);
    }
  }

  /** The end. */
  record Closed(ReasonCode reasonCode) implements Sent {}

  private final List<Sent> sent = new ArrayList<>();
  private final int receiveMaximum;
  private int largestPayloadBytes = Integer.MAX_VALUE;
  private int untilHeldBack = Integer.MAX_VALUE;
  private Runnable onClose = () -> {};
  private Runnable onPublish = () -> {};

  RecordingLink(int receiveMaximum) {
    this.receiveMaximum = receiveMaximum;
  }

  RecordingLink() {
    this(65_535);
  }

  /** What was sent since the last call. */
  List<Sent> takeSent() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  /** The payloads of messages sent since the last call. */
  List<String> takeTexts() {
    return takeSent().stream()
        .filter(Message.class::isInstance)
        .map(packet -> ((Message) packet).text())
        .toList();
  }

  void largestPayload(int bytes) {
    largestPayloadBytes = bytes;
  }

  /** Is writable for so many messages. */
  void writableFor(int messages) {
    untilHeldBack = messages;
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  /** What happens in the midst of sending a message. */
  void onPublish(Runnable action) {
    onPublish = action;
  }

  @Override
  public boolean isWritable() {
    return untilHeldBack > 0;
  }

  @Override
  public int receiveMaximum() {
    return receiveMaximum;
  }

  @Override
  public boolean sendPublish(
      Publication publication,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      List<Integer> subscriptionIdentifiers) {
    if (publication.payload().readableBytes() > largestPayloadBytes) {
      return false;
    }
    untilHeldBack--;
    sent.add(new Message(Messages.text(publication), qos, retain, duplicate, packetId));
    onPublish.run();
    return true;
  }

  @Override
  public void sendPubRel(int packetId, ReasonCode reasonCode) {
    sent.add(new Release(packetId, reasonCode));
  }

  @Override
  public void close(ReasonCode reasonCode, String why) {
    sent.add(new Closed(reasonCode));
    onClose.run();
  }
}
