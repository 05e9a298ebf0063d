package io.noctule.broker.session;

import io.noctule.broker.message.Publication;
import io.noctule.broker.routing.Grant;
import io.noctule.protocol.packet.QoS;

/** A message on its way to a client at QoS 1 or 2: queued, or sent and not yet acknowledged. */
final class InFlight {
  private final Publication publication;
  private final QoS qos;
  private final boolean retain;
  private final Grant grant;

  // Set when it leaves the queue for the window.
  private int packetId;
  private long sequence;
  // QoS 2 only: PUBREC has come, PUBCOMP is awaited.
  private boolean released;
  // Whether it has been sent on the present connection.
  private boolean sent;

  InFlight(Publication publication, QoS qos, boolean retain, Grant grant) {
    this.publication = publication;
    this.qos = qos;
    this.retain = retain;
    this.grant = grant;
  }

  Publication publication() {
    return publication;
  }

  QoS qos() {
    return qos;
  }

  boolean retain() {
    return retain;
  }

  Grant grant() {
    return grant;
  }

  int packetId() {
    return packetId;
  }

  long sequence() {
    return sequence;
  }

  void enterWindow(int id, long order) {
    packetId = id;
    sequence = order;
  }

  boolean isReleased() {
    return released;
  }

  void release() {
    released = true;
  }

  boolean isSent() {
    return sent;
  }

  void sent(boolean onThisConnection) {
    sent = onThisConnection;
  }
}
