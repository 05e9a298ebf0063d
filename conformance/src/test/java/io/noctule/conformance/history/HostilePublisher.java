package io.noctule.conformance.history;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;

/**
 * Publishes what no device should, at QoS 1; with a client that takes any topic. For one thread.
 */
final class HostilePublisher implements AutoCloseable {
  private final Mqtt3BlockingClient client;

  HostilePublisher(int port) {
    client =
        Mqtt3Client.builder()
            .identifier("hostile")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    client.connect();
  }

  /** Returns when the broker has acknowledged. */
  void publish(String topic, byte[] payload) {
    client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
