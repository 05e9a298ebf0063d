package io.noctule.device;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that speaks MQTT 3.1.1. */
final class Mqtt3Connection implements MqttConnection {
  private final DeviceSettings settings;
  private final Mqtt3AsyncClient client;

  Mqtt3Connection(DeviceSettings settings, Listener listener) {
    this.settings = settings;
    this.client =
        Mqtt3Client.builder()
            .identifier(settings.id())
            .transportConfig()
            .serverHost(settings.broker().host())
            .serverPort(settings.broker().port())
            .socketConnectTimeout(
                DeviceSettings.SOCKET_CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(DeviceSettings.CONNACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .sslConfig(TlsConfig.of(settings.tls()))
            .applyTransportConfig()
            .executorConfig()
            .nettyExecutor(NETWORK_THREAD)
            .nettyThreads(1)
            .applyExecutorConfig()
            .addDisconnectedListener(
                context -> listener.ended(BrokerAnswers.disconnectReason(context)))
            .buildAsync();
    // On the library's own thread: the listener only hands over. Acknowledged by hand, so that the
    // broker's window
    // bounds what waits for the call-back thread.
    client.publishes(
        MqttGlobalPublishFilter.ALL, publish -> receive(listener, publish), Runnable::run, true);
  }

  private static void receive(Listener listener, Mqtt3Publish publish) {
    var message =
        new Message(
            publish.getTopic().toString(),
            publish.getPayloadAsBytes(),
            publish.getQos().getCode(),
            publish.isRetain());
    listener.received(message, message.qos() == 0 ? () -> {} : publish::acknowledge);
  }

  @Override
  public CompletableFuture<Boolean> connect() {
    return BrokerAnswers.translated(
        client
            .connect(
                Mqtt3Connect.builder()
                    .cleanSession(!settings.persistent())
                    .keepAlive(settings.keepAliveSeconds())
                    .simpleAuth(simpleAuth(settings.credentials()))
                    .willPublish(will(settings.will()))
                    .build())
            .thenApply(connAck -> connAck.isSessionPresent()));
  }

  private static @Nullable Mqtt3Publish will(@Nullable Will will) {
    return will == null
        ? null
        : Mqtt3Publish.builder()
            .topic(will.topic())
            .payload(will.payload())
            .qos(qos(will.qos()))
            .retain(will.retain())
            .build();
  }

  private static @Nullable Mqtt3SimpleAuth simpleAuth(@Nullable Credentials credentials) {
    if (credentials == null) {
      return null;
    }
    var builder = Mqtt3SimpleAuth.builder().username(credentials.user());
    byte @Nullable [] password = credentials.passwordBytes();
    return password == null ? builder.build() : builder.password(password).build();
  }

  @Override
  public CompletableFuture<Void> subscribe(String filter, int qos) {
    return BrokerAnswers.done(client.subscribeWith().topicFilter(filter).qos(qos(qos)).send());
  }

  @Override
  public CompletableFuture<Void> unsubscribe(String filter) {
    return BrokerAnswers.done(client.unsubscribeWith().topicFilter(filter).send());
  }

  @Override
  public CompletableFuture<Void> publish(Publication publication) {
    return BrokerAnswers.done(
        client
            .publishWith()
            .topic(publication.topic)
            .payload(publication.payload)
            .qos(qos(publication.qos))
            .retain(publication.retain)
            .send());
  }

  @Override
  public CompletableFuture<Void> disconnect() {
    return BrokerAnswers.done(client.disconnect());
  }

  private static MqttQos qos(int qos) {
    return MqttQos.values()[qos];
  }
}
