package io.noctule.device;

import java.util.concurrent.CompletableFuture;

/** A topic filter that the device subscribes to. Owned by the device's loop. */
final class Subscription {
  final String filter;
  final int qos;

  /** Completes with the broker's first answer. */
  final CompletableFuture<Void> answered = new CompletableFuture<>();

  /** Whether it has been asked for on the connection of now. */
  boolean asked;

  /** Whether the broker's session has it, as far as this device knows. */
  boolean granted;

  Subscription(String filter, int qos) {
    this.filter = filter;
    this.qos = qos;
  }
}
