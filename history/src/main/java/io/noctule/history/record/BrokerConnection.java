package io.noctule.history.record;

import io.noctule.history.mqtt.Incoming.Publish;
import io.noctule.history.mqtt.Incoming.Sign;
import io.noctule.history.mqtt.Incoming.SubAck;
import io.noctule.history.mqtt.Subscriber;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker: connects with the session of last time, subscribes where the
 * broker has none, reads what comes, and tries again when the connection is lost. A thread of its
 * own.
 */
final class BrokerConnection implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
  private static final int QOS = 1;
  private static final int SUBSCRIPTION_REFUSED = 0x80;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final RecorderSettings settings;
  private final Identity identity;
  private final MessageReader reader;
  private final int payloadLimit;
  private final Intake intake;
  private final Counters counters;
  private final Progress progress;
  private final BackOff backOff;

  /** Not reset by a connection: a message that always fails comes with each. */
  private final BackOff faultBackOff = new BackOff(new SplittableRandom());

  private final AtomicReference<@Nullable Subscriber> open = new AtomicReference<>();
  private boolean subscribed;
  private String lastReason = "";

  BrokerConnection(
      RecorderSettings settings,
      Identity identity,
      MessageReader reader,
      int payloadLimit,
      Intake intake,
      Counters counters,
      Progress progress,
      BackOff backOff) {
    this.settings = settings;
    this.identity = identity;
    this.reader = reader;
    this.payloadLimit = payloadLimit;
    this.intake = intake;
    this.counters = counters;
    this.progress = progress;
    this.backOff = backOff;
  }

  /** Until the intake is closed, and the connection with it. */
  @Override
  public void run() {
    try {
      while (!intake.isClosed()) {
        Duration wait;
        String reason;
        try {
          reason = connectOnce();
          wait = backOff.next();
        } catch (RuntimeException | LinkageError e) {
          // Ours. The thread must not end of it: nothing would be recorded any more, and nobody
          // told. What is not acknowledged comes again.
          LOG.error("history: the connection to {} failed", settings.address(), e);
          reason = e.toString();
          wait = faultBackOff.next();
        }
        if (intake.isClosed()) {
          return;
        }
        progress.broker(reason);
        if (!reason.equals(lastReason)) {
          LOG.warn("history: no connection to {}: {}", settings.address(), reason);
          lastReason = reason;
        }
        intake.awaitClosed(wait);
      }
    } catch (InterruptedException _) {
      // Asked to end.
      Thread.currentThread().interrupt();
    }
  }

  /** Connects, and stays until the connection is lost; returns why. */
  private String connectOnce() throws InterruptedException {
    try (Subscriber subscriber =
        Subscriber.connect(
            settings.host(),
            settings.port(),
            settings.tls(),
            settings.login(identity.clientId()),
            KEEP_ALIVE,
            payloadLimit)) {
      open.set(subscriber);
      if (intake.isClosed()) {
        return "ended";
      }
      if (!subscriber.sessionPresent()) {
        intake.beginSession();
        subscribed = false;
      }
      if (subscribed) {
        recording();
      } else {
        subscribe(subscriber);
      }
      receive(subscriber);
      return "ended";
    } catch (IOException e) {
      return reason(e);
    } finally {
      open.set(null);
    }
  }

  /** Once a process even where the broker has the session: its filters may be others. */
  private void subscribe(Subscriber subscriber) throws IOException {
    var dropped = new ArrayList<>(identity.filters());
    dropped.removeAll(settings.filters());
    if (!dropped.isEmpty()) {
      subscriber.unsubscribe(dropped);
    }
    subscriber.subscribe(settings.filters());
  }

  private void receive(Subscriber subscriber) throws IOException, InterruptedException {
    var session = new BrokerSession(subscriber, reader, intake, counters);
    while (!intake.isClosed()) {
      switch (subscriber.next()) {
        case Publish publish -> session.receive(publish);
        case SubAck answer -> granted(answer.granted());
        case Sign _ -> {
          // The broker is there.
        }
      }
    }
    // What is being committed is still acknowledged; whoever closes the intake closes the rest.
    while (true) {
      subscriber.next();
    }
  }

  private void granted(int[] granted) throws IOException {
    List<String> filters = settings.filters();
    for (int i = 0; i < filters.size(); i++) {
      int qos = i < granted.length ? granted[i] : SUBSCRIPTION_REFUSED;
      if (qos == SUBSCRIPTION_REFUSED) {
        throw new IOException("the broker does not let this user read " + filters.get(i));
      }
      if (qos < QOS) {
        LOG.warn(
            "history: the broker delivers {} at QoS 0 only: what it sends while the history is"
                + " away is lost",
            filters.get(i));
      }
    }
    identity.subscribedTo(filters);
    subscribed = true;
    recording();
  }

  private void recording() {
    progress.broker(null);
    LOG.info(
        "history: records {} of {}", String.join(", ", settings.filters()), settings.address());
    lastReason = "";
    backOff.reset();
  }

  private String reason(IOException failure) {
    Optional<String> tls =
        settings.tls() == null ? Optional.empty() : settings.tls().explain(failure);
    String message = failure.getMessage();
    return tls.orElseGet(
        () ->
            switch (failure) {
              case UnknownHostException _ -> "unknown host " + settings.host();
              case ConnectException _ when String.valueOf(message).contains("refused") ->
                  "connection refused";
              case EOFException _ -> "the broker closed the connection";
              case SocketException _ when String.valueOf(message).contains("reset") ->
                  "the broker closed the connection";
              default -> message == null ? failure.getClass().getSimpleName() : message;
            });
  }

  /** Ends the connection. Any thread. */
  @Override
  public void close() {
    Subscriber subscriber = open.getAndSet(null);
    if (subscriber != null) {
      try {
        subscriber.close();
      } catch (IOException e) {
        LOG.debug("ending the connection: {}", e.getMessage());
      }
    }
  }
}
