package io.noctule.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the device is subscribed to: asked for on each new connection and when it is added. Owned by
 * the device's loop, on whose executor the broker's answers are handled too.
 */
final class Subscriptions {
  private final Executor loop;
  private final Callbacks callbacks;
  private final Map<String, Subscription> byFilter = new LinkedHashMap<>();

  Subscriptions(Executor loop, Callbacks callbacks) {
    this.loop = loop;
    this.callbacks = callbacks;
  }

  /**
   * Adds a subscription; the same filter with another QoS takes the place of the earlier one.
   *
   * @param connection null while there is none to ask
   */
  void add(Subscription subscription, @Nullable MqttConnection connection) {
    Subscription known = byFilter.get(subscription.filter);
    if (known != null && known.qos == subscription.qos) {
      follow(known.answered, subscription.answered);
      return;
    }
    byFilter.put(subscription.filter, subscription);
    if (connection != null) {
      var _ = ask(connection, subscription);
    }
  }

  /**
   * Removes a subscription; the future completes with the broker's answer, or at once where none is
   * needed.
   */
  void remove(
      String filter, CompletableFuture<Void> answered, @Nullable MqttConnection connection) {
    Subscription known = byFilter.remove(filter);
    if (known == null || connection == null || !known.asked) {
      answered.complete(null);
      return;
    }
    callbacks.log("Sending UNSUBSCRIBE ('%s')".formatted(filter));
    var _ =
        connection
            .unsubscribe(filter)
            .whenCompleteAsync(
                (_, failure) -> {
                  if (failure != null
                      && BrokerAnswers.bare(failure) instanceof DeviceException refusal) {
                    answered.completeExceptionally(refusal);
                  } else {
                    // A lost connection has ended the subscription too: the session is clean.
                    answered.complete(null);
                  }
                },
                loop);
  }

  /** Asks for all; the future completes when the broker has answered each, and never fails. */
  CompletableFuture<Void> askAll(MqttConnection connection) {
    return CompletableFuture.allOf(
        byFilter.values().stream()
            .map(subscription -> ask(connection, subscription))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> ask(MqttConnection connection, Subscription subscription) {
    subscription.asked = true;
    callbacks.log("Sending SUBSCRIBE ('%s', q%d)".formatted(subscription.filter, subscription.qos));
    return connection
        .subscribe(subscription.filter, subscription.qos)
        .handleAsync(
            (_, failure) -> {
              answered(subscription, failure);
              return null;
            },
            loop);
  }

  private void answered(Subscription subscription, @Nullable Throwable failure) {
    if (failure == null) {
      callbacks.log("Received SUBACK ('%s')".formatted(subscription.filter));
      subscription.answered.complete(null);
    } else if (BrokerAnswers.bare(failure) instanceof DeviceException refusal) {
      callbacks.log("'%s': %s".formatted(subscription.filter, refusal.getMessage()));
      subscription.answered.completeExceptionally(refusal);
    }
    // Otherwise the connection was lost; the next one asks again.
  }

  /** The connection is gone and with it, its session being clean, what was subscribed on it. */
  void connectionLost() {
    byFilter.values().forEach(subscription -> subscription.asked = false);
  }

  /** Fails what the broker has not answered yet. */
  void failAll(DeviceException failure) {
    byFilter.values().forEach(subscription -> subscription.answered.completeExceptionally(failure));
  }

  private static void follow(CompletableFuture<Void> first, CompletableFuture<Void> second) {
    var _ =
        first.whenComplete(
            (_, failure) -> {
              if (failure == null) {
                second.complete(null);
              } else {
                second.completeExceptionally(failure);
              }
            });
  }
}
