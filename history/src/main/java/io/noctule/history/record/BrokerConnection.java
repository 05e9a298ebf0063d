package io.noctule.history.record;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker: connects with the session of last time, subscribes where the
 * broker has none, and tries again when the connection is lost. A thread of its own; each
 * connection is a new client object, so that an acknowledgement cannot go astray.
 */
final class BrokerConnection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
  private static final int QOS = 1;
  private static final int SUBSCRIPTION_REFUSED = 0x80;
  private static final int CONNECT_SECONDS = 10;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final long ANSWER_MILLIS = Duration.ofSeconds(15).toMillis();
  private static final long GOODBYE_MILLIS = 500;

  private final RecorderSettings settings;
  private final Identity identity;
  private final MessageReader reader;
  private final Intake intake;
  private final Counters counters;
  private final Progress progress;
  private final BackOff backOff;
  private boolean subscribed;
  private String lastReason = "";

  BrokerConnection(
      RecorderSettings settings,
      Identity identity,
      MessageReader reader,
      Intake intake,
      Counters counters,
      Progress progress,
      BackOff backOff) {
    this.settings = settings;
    this.identity = identity;
    this.reader = reader;
    this.intake = intake;
    this.counters = counters;
    this.progress = progress;
    this.backOff = backOff;
  }

  /** Until it is interrupted. */
  @Override
  public void run() {
    try {
      while (!intake.isClosed()) {
        String reason = connectOnce();
        if (intake.isClosed()) {
          return;
        }
        progress.broker(reason);
        if (!reason.equals(lastReason)) {
          LOG.warn("history: no connection to {}: {}", settings.address(), reason);
          lastReason = reason;
        }
        intake.awaitRoom();
        intake.awaitClosed(backOff.next());
      }
    } catch (InterruptedException _) {
      // Asked to end.
      Thread.currentThread().interrupt();
    }
  }

  /** Connects, and stays until the connection is lost; returns why. */
  private String connectOnce() throws InterruptedException {
    MqttAsyncClient client;
    try {
      client = new MqttAsyncClient(uri(), identity.clientId(), new MemoryPersistence());
    } catch (MqttException | IllegalArgumentException e) {
      return "%s is no address of a broker: %s".formatted(settings.address(), e.getMessage());
    }
    try {
      var session = new BrokerSession(client, reader, intake, counters);
      client.setManualAcks(true);
      client.setCallback(session);
      open(client);
      progress.broker(null);
      LOG.info(
          "history: records {} of {}", String.join(", ", settings.filters()), settings.address());
      lastReason = "";
      backOff.reset();
      return reason(session.lost().get());
    } catch (MqttException | IOException e) {
      return reason(e);
    } catch (ExecutionException e) {
      throw new AssertionError("completes with a value only", e);
    } finally {
      end(client);
    }
  }

  private String uri() {
    // TLS is the socket's business.
    return "tcp://" + settings.address();
  }

  private void open(MqttAsyncClient client) throws MqttException, IOException {
    var options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setAutomaticReconnect(false);
    options.setConnectionTimeout(CONNECT_SECONDS);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setSocketFactory(BrokerSocket.factory(settings.host(), settings.tls()));
    if (settings.user() != null) {
      options.setUserName(settings.user());
    }
    if (settings.password() != null) {
      options.setPassword(settings.password().toCharArray());
    }
    IMqttToken connected = client.connect(options);
    connected.waitForCompletion(ANSWER_MILLIS);
    if (!connected.getSessionPresent()) {
      intake.beginSession();
      subscribed = false;
    }
    if (!subscribed) {
      subscribe(client);
      subscribed = true;
    }
  }

  /** Once a process even where the broker has the session: its filters may be others. */
  private void subscribe(MqttAsyncClient client) throws MqttException, IOException {
    List<String> filters = settings.filters();
    var dropped = new ArrayList<>(identity.filters());
    dropped.removeAll(filters);
    if (!dropped.isEmpty()) {
      client.unsubscribe(dropped.toArray(String[]::new)).waitForCompletion(ANSWER_MILLIS);
    }
    int[] qos = new int[filters.size()];
    Arrays.fill(qos, QOS);
    IMqttToken token = client.subscribe(filters.toArray(String[]::new), qos);
    token.waitForCompletion(ANSWER_MILLIS);
    int[] granted = token.getGrantedQos();
    for (int i = 0; i < filters.size(); i++) {
      if (granted[i] == SUBSCRIPTION_REFUSED) {
        throw new IOException("the broker does not let this user read " + filters.get(i));
      }
      if (granted[i] < QOS) {
        LOG.warn(
            "history: the broker delivers {} at QoS 0 only: what it sends while the history is"
                + " away is lost",
            filters.get(i));
      }
    }
    identity.subscribedTo(filters);
  }

  private String reason(Throwable failure) {
    if (settings.tls() != null) {
      Optional<String> explained = settings.tls().explain(failure);
      if (explained.isPresent()) {
        return explained.get();
      }
    }
    Throwable cause = failure.getCause();
    if (failure instanceof MqttException && cause != null) {
      return reason(cause);
    }
    String message = failure.getMessage();
    return switch (failure) {
      case UnknownHostException e -> "unknown host " + e.getMessage();
      case ConnectException _ -> "connection refused";
      case EOFException _ -> "the broker closed the connection";
      case MqttException e -> mqtt(e);
      default -> message == null ? failure.getClass().getSimpleName() : message;
    };
  }

  private static String mqtt(MqttException failure) {
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> "wrong user or password";
      case MqttException.REASON_CODE_NOT_AUTHORIZED -> "not authorized: -u names a user";
      case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          "the broker refuses the client identifier";
      case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "the broker is not available";
      case MqttException.REASON_CODE_CLIENT_TIMEOUT -> "the broker does not answer";
      case MqttException.REASON_CODE_CONNECTION_LOST -> "connection lost";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static void end(MqttAsyncClient client) {
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(0, GOODBYE_MILLIS);
      }
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("ending the connection: {}", e.getMessage());
    }
  }
}
