package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HiveMQ client with MQTT 5. */
final class HiveMq5Client implements PublicClient {
  private static final long SESSION_EXPIRY_SECONDS = 3600;

  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private @Nullable Mqtt5AsyncClient client;

  @Override
  public boolean connect(Connection connection) {
    Mqtt5AsyncClient fresh =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(connection.clientId())
            .serverHost("127.0.0.1")
            .serverPort(connection.port())
            .buildAsync();
    client = fresh;
    fresh.publishes(MqttGlobalPublishFilter.ALL, publish -> received.add(message(publish)));
    var connect =
        Mqtt5Connect.builder()
            .cleanStart(!connection.keepsSession())
            .sessionExpiryInterval(connection.keepsSession() ? SESSION_EXPIRY_SECONDS : 0);
    if (connection.will() != null) {
      connect = connect.willPublish(packet(connection.will()));
    }
    return await(fresh.connect(connect.build())).isSessionPresent();
  }

  @Override
  public int subscribe(String filter, int qos) {
    return await(client().subscribeWith().topicFilter(filter).qos(qos(qos)).send())
        .getReasonCodes()
        .getFirst()
        .getCode();
  }

  @Override
  public void publish(Message message) {
    await(client().publish(packet(message)));
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
    await(client().disconnect());
  }

  @Override
  public void close() {
    if (client != null && client.getState().isConnected()) {
      disconnect();
    }
  }

  private Mqtt5AsyncClient client() {
    return Objects.requireNonNull(client, "not connected yet");
  }

  private static Mqtt5Publish packet(Message message) {
    return Mqtt5Publish.builder()
        .topic(message.topic())
        .payload(message.payload().getBytes(StandardCharsets.UTF_8))
        .qos(qos(message.qos()))
        .retain(message.retain())
        .build();
  }

  private static Message message(Mqtt5Publish publish) {
    return new Message(
        publish.getTopic().toString(),
        new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8),
        publish.getQos().getCode(),
        publish.isRetain());
  }

  private static MqttQos qos(int code) {
    return Objects.requireNonNull(MqttQos.fromCode(code));
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
