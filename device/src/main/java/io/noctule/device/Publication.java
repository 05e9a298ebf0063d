package io.noctule.device;

import java.util.concurrent.CompletableFuture;

/**
 * One message on its way to the broker, from {@link Device#publish} until its future is complete.
 */
final class Publication {
  final String topic;
  final byte[] payload;
  final int qos;
  final boolean retain;

  /**
   * Completes when the message is sent: QoS 0 written to the connection, QoS 1 and 2 acknowledged
   * by the broker.
   */
  final CompletableFuture<Void> sent = new CompletableFuture<>();

  Publication(String topic, byte[] payload, int qos, boolean retain) {
    this.topic = topic;
    this.payload = payload;
    this.qos = qos;
    this.retain = retain;
  }

  /** For the log call-back. */
  @Override
  public String toString() {
    return "PUBLISH (q%d, r%d, '%s', %d bytes)"
        .formatted(qos, retain ? 1 : 0, topic, payload.length);
  }
}
