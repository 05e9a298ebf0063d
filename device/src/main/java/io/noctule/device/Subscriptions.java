package io.noctule.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the device is subscribed to: asked for when it is added and on each new connection, except
 * for what a session that the broker has kept is known to have. Owned by the device's loop, on
 * whose executor the broker's answers are handled too.
 */
final class Subscriptions {
  private final Executor loop;
  private final Callbacks callbacks;

  /** Whether the broker's session outlives a connection. */
  private final boolean persistent;

  private final Map<String, Subscription> byFilter = new LinkedHashMap<>();

  /** What the broker's session may have and shall lose on the next connection. */
  private final Map<String, CompletableFuture<Void>> removals = new LinkedHashMap<>();

  Subscriptions(Executor loop, Callbacks callbacks, boolean persistent) {
    this.loop = loop;
    this.callbacks = callbacks;
    this.persistent = persistent;
  }

  /**
   * Adds a subscription; the same filter with another QoS takes the place of the earlier one.
   *
   * @param connection null while there is none to ask
   */
  void add(Subscription subscription, @Nullable MqttConnection connection) {
    CompletableFuture<Void> removal = removals.remove(subscription.filter);
    if (removal != null) {
      removal.complete(null);
    }
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
    if (connection == null && persistent) {
      CompletableFuture<Void> earlier = removals.putIfAbsent(filter, answered);
      if (earlier != null) {
        follow(earlier, answered);
      }
    } else if (connection == null || (!persistent && (known == null || !known.asked))) {
      answered.complete(null);
    } else {
      end(connection, filter, answered);
    }
  }

  private void end(MqttConnection connection, String filter, CompletableFuture<Void> answered) {
    callbacks.log("Sending UNSUBSCRIBE ('%s')".formatted(filter));
    var _ =
        connection
            .unsubscribe(filter)
            .whenCompleteAsync(
                (_, failure) -> {
                  if (failure == null) {
                    answered.complete(null);
                  } else if (BrokerAnswers.bare(failure) instanceof DeviceException refusal) {
                    answered.completeExceptionally(refusal);
                  } else if (persistent && !byFilter.containsKey(filter)) {
                    // The connection was lost, but not the session.
                    removals.put(filter, answered);
                  } else {
                    // A lost connection has ended the subscription too: the session is clean.
                    answered.complete(null);
                  }
                },
                loop);
  }

  /**
   * Asks for all that the broker's session does not have; the future completes when the broker has
   * answered each, and never fails.
   *
   * @param sessionPresent whether the broker has kept the session
   */
  CompletableFuture<Void> askAll(MqttConnection connection, boolean sessionPresent) {
    Map<String, CompletableFuture<Void>> ending = new LinkedHashMap<>(removals);
    removals.clear();
    ending.forEach(
        (filter, answered) -> {
          if (sessionPresent) {
            end(connection, filter, answered);
          } else {
            answered.complete(null);
          }
        });
    Stream<Subscription> missing =
        byFilter.values().stream()
            .filter(subscription -> !(sessionPresent && subscription.granted));
    return CompletableFuture.allOf(
        missing
            .map(subscription -> ask(connection, subscription))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> ask(MqttConnection connection, Subscription subscription) {
    subscription.asked = true;
    subscription.granted = false;
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
      subscription.granted = true;
      subscription.answered.complete(null);
    } else if (BrokerAnswers.bare(failure) instanceof DeviceException refusal) {
      callbacks.log("'%s': %s".formatted(subscription.filter, refusal.getMessage()));
      subscription.answered.completeExceptionally(refusal);
    }
    // Otherwise the connection was lost; the next one asks again.
  }

  /** The connection is gone. */
  void connectionLost() {
    byFilter.values().forEach(subscription -> subscription.asked = false);
  }

  /** Fails what the broker has not answered yet. */
  void failAll(DeviceException failure) {
    byFilter.values().forEach(subscription -> subscription.answered.completeExceptionally(failure));
    removals.values().forEach(answered -> answered.completeExceptionally(failure));
    removals.clear();
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
