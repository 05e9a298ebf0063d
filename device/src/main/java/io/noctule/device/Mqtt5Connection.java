package io.noctule.device;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that speaks MQTT 5. */
final class Mqtt5Connection implements MqttConnection {
  private final DeviceSettings settings;
  private final Mqtt5AsyncClient client;

  Mqtt5Connection(DeviceSettings settings, Listener listener) {
    this.settings = settings;
    this.client =
        Mqtt5Client.builder()
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

  private static void receive(Listener listener, Mqtt5Publish publish) {
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
                Mqtt5Connect.builder()
                    .cleanStart(!settings.persistent())
                    .sessionExpiryInterval(settings.sessionExpirySeconds())
                    .keepAlive(settings.keepAliveSeconds())
                    .simpleAuth(simpleAuth(settings.credentials()))
                    .willPublish(will(settings.will()))
                    .restrictions()
                    .receiveMaximum(DeviceSettings.RECEIVE_MAXIMUM)
                    .maximumPacketSize(DeviceSettings.MAX_RECEIVED_PACKET_BYTES)
                    .applyRestrictions()
                    .build())
            .thenApply(connAck -> connAck.isSessionPresent()));
  }

  private static @Nullable Mqtt5Publish will(@Nullable Will will) {
    return will == null
        ? null
        : Mqtt5Publish.builder()
            .topic(will.topic())
            .payload(will.payload())
            .qos(qos(will.qos()))
            .retain(will.retain())
            .build();
  }

  private static @Nullable Mqtt5SimpleAuth simpleAuth(@Nullable Credentials credentials) {
    if (credentials == null) {
      return null;
    }
    var builder = Mqtt5SimpleAuth.builder().username(credentials.user());
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
