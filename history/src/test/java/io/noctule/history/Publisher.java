package io.noctule.history;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device that publishes at QoS 1, one message after the other. */
final class Publisher implements AutoCloseable {
  private final MqttClient client;

  Publisher(int port) throws MqttException {
    client =
        new MqttClient(
            "tcp://127.0.0.1:" + port, MqttClient.generateClientId(), new MemoryPersistence());
    client.connect();
  }

  /** Returns when the broker has acknowledged. */
  void publish(String topic, String text) throws MqttException {
    publish(topic, text.getBytes(StandardCharsets.UTF_8), false);
  }

  void publish(String topic, byte[] payload, boolean retained) throws MqttException {
    client.publish(topic, payload, 1, retained);
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
