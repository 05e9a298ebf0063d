package io.noctule.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.noctule.broker.Messages;
import io.noctule.broker.loop.Counter;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is larger than the client accepts is not sent, with topic aliases and without. */
class PacketSizeTest {
  private static final int LARGEST = 200;
  private static final TopicName TOPIC = TopicName.of("topic");

  private static int packetBytes(int payloadBytes) {
    return PacketEncoder.publishLength(
        MqttVersion.MQTT_5,
        TOPIC,
        Publish.NO_ALIAS,
        QoS.AT_MOST_ONCE,
        PublishProperties.NONE,
        payloadBytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void everyMessageThatFitsIsSentAndNoPacketIsTooLarge(int topicAliasMaximum) {
    TestClient client = TestClient.connected(topicAliasMaximum, LARGEST);
    client.subscribe("#", QoS.AT_MOST_ONCE);
    client.take();
    int fitting = 0;
    for (int payloadBytes = LARGEST - 40; payloadBytes < LARGEST + 5; payloadBytes++) {
      client
          .parts()
          .sessions(0)
          .router()
          .route(Messages.large("topic", payloadBytes, QoS.AT_MOST_ONCE, false));
      client.parts().loops().run();
      int sentBytes =
          client.channel().outboundMessages().stream()
              .mapToInt(message -> ((ByteBuf) message).readableBytes())
              .sum();
      assertThat(sentBytes).isLessThanOrEqualTo(LARGEST);
      boolean fits = packetBytes(payloadBytes) <= LARGEST;
      List<Publish> messages = client.takeMessages();
      if (fits) {
        fitting++;
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().payload().readableBytes()).isEqualTo(payloadBytes);
      }
    }

    assertThat(fitting).isPositive();
    assertThat(client.parts().count(Counter.DROPPED_PACKET_TOO_LARGE)).isPositive();
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theFirstMessageOfATopicFitsThoughItsAliasWouldNot(int room) {
    TestClient client = TestClient.connected(10, packetBytes(100) - 1 + room);
    client.subscribe("#", QoS.AT_MOST_ONCE);
    client.take();
    client
        .parts()
        .sessions(0)
        .router()
        .route(Messages.large("topic", 100, QoS.AT_MOST_ONCE, false));
    client.parts().loops().run();

    assertThat(client.channel().outboundMessages())
        .allSatisfy(
            message ->
                assertThat(((ByteBuf) message).readableBytes())
                    .isLessThanOrEqualTo(packetBytes(100) - 1 + room));
    assertThat(client.takeMessages()).hasSize(1);
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void withoutALimitEverythingFits(int topicAliasMaximum) {
    TestClient client = TestClient.connected(topicAliasMaximum, Connect.Properties.UNLIMITED);
    client.subscribe("#", QoS.AT_MOST_ONCE);
    client.take();
    for (int bytes : new int[] {0, 4_095, 4_096, 4_097, 1_000_000}) {
      client
          .parts()
          .sessions(0)
          .router()
          .route(Messages.large("topic", bytes, QoS.AT_MOST_ONCE, false));
      assertThat(client.takeMessages())
          .extracting(message -> message.payload().readableBytes())
          .containsExactly(bytes);
    }
    client.close();
  }
}
