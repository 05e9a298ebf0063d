package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** The Paho client for Java, 1.x. */
final class PahoJavaClient implements PublicClient {
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);

  private final int version;
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private @Nullable MqttAsyncClient client;

  /** A client for a version as {@link MqttConnectOptions} numbers it. */
  PahoJavaClient(int version) {
    this.version = version;
  }

  @Override
  public boolean connect(Connection connection) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(version);
    options.setCleanSession(!connection.keepsSession());
    Message will = connection.will();
    if (will != null) {
      options.setWill(
          will.topic(), will.payload().getBytes(StandardCharsets.UTF_8), will.qos(), will.retain());
    }
    try {
      client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:" + connection.port(),
              connection.clientId(),
              new MemoryPersistence());
      client.setCallback(new Receiving());
      return awaited(client.connect(options)).getSessionPresent();
    } catch (MqttException e) {
      throw new AssertionError("cannot connect", e);
    }
  }

  @Override
  public int subscribe(String filter, int qos) {
    try {
      return awaited(client().subscribe(filter, qos)).getGrantedQos()[0];
    } catch (MqttException e) {
      throw new AssertionError("cannot subscribe", e);
    }
  }

  @Override
  public void publish(Message message) {
    try {
      awaited(
          client()
              .publish(
                  message.topic(),
                  message.payload().getBytes(StandardCharsets.UTF_8),
                  message.qos(),
                  message.retain()));
    } catch (MqttException e) {
      throw new AssertionError("cannot publish", e);
    }
  }

  @Override
  public Message receive() {
    try {
      Message message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("next message").isNotNull();
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void disconnect() {
    try {
      awaited(client().disconnect());
    } catch (MqttException e) {
      throw new AssertionError("cannot disconnect", e);
    }
  }

  @Override
  public void close() {
    if (client == null) {
      return;
    }
    try {
      if (client.isConnected()) {
        disconnect();
      }
      client.close(true);
    } catch (MqttException e) {
      throw new AssertionError("cannot close", e);
    }
  }

  private MqttAsyncClient client() {
    return Objects.requireNonNull(client, "not connected yet");
  }

  private static <T extends IMqttToken> T awaited(T token) throws MqttException {
    token.waitForCompletion(PATIENCE_MILLIS);
    return token;
  }

  private final class Receiving implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      received.add(
          new Message(
              topic,
              new String(message.getPayload(), StandardCharsets.UTF_8),
              message.getQos(),
              message.isRetained()));
    }

    @Override
    public void connectionLost(Throwable cause) {
      // A test that did not ask for it finds its next call failing.
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // The tokens themselves are waited for.
    }
  }
}
