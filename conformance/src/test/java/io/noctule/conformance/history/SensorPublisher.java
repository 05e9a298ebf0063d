package io.noctule.conformance.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Publishes the numbers from 0 on as readings without a time of their own, so that nothing but the
 * delivery tells them apart. For one thread.
 */
final class SensorPublisher implements AutoCloseable {
  private static final String TOPIC = "sensor_data/cellar";
  private static final long PATIENCE_MILLIS = 60_000;
  private static final int WINDOW = 200;

  private final MqttAsyncClient client;
  private int next;

  SensorPublisher(int port) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "cellar", new MemoryPersistence());
    var options = new MqttConnectOptions();
    options.setMaxInflight(2 * WINDOW);
    client.connect(options).waitForCompletion(PATIENCE_MILLIS);
  }

  /** Publishes so many more at QoS 1, and waits until the broker has acknowledged them. */
  void publish(int count) throws MqttException {
    for (int done = 0; done < count; done += WINDOW) {
      List<IMqttToken> tokens = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + WINDOW); i++) {
        byte[] payload = payload(next++).getBytes(StandardCharsets.UTF_8);
        tokens.add(client.publish(TOPIC, payload, 1, false));
      }
      for (IMqttToken token : tokens) {
        token.waitForCompletion(PATIENCE_MILLIS);
      }
    }
  }

  private static String payload(int number) {
    return "{\"client\":\"cellar\",\"n\":" + number + "}";
  }

  /** What was published so far. */
  List<String> published() {
    return IntStream.range(0, next).mapToObj(SensorPublisher::payload).toList();
  }

  /** The numbers that were published so far. */
  List<String> numbers() {
    return IntStream.range(0, next).mapToObj(Integer::toString).toList();
  }

  @Override
  public void close() throws MqttException {
    client.disconnect().waitForCompletion(PATIENCE_MILLIS);
    client.close();
  }
}
