package io.noctule.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.noctule.broker.Messages;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In the midst of a turn's writing the network may take what has gathered, and the channel says at
 * once that it is writable again: nothing may be lost, doubled or turned around by that.
 */
class WriteInterruptionTest {
  private final TestClient client = TestClient.connected();

  @AfterEach
  void close() {
    client.close();
  }

  /** The client gets its own messages back, all in one turn. */
  private void publishInOneTurn(List<Publish> messages) {
    client.subscribe("t/#", QoS.EXACTLY_ONCE);
    client.take();
    client.send(messages.toArray(new Publish[0]));
  }

  private static Publish message(int number, int bytes, QoS qos) {
    return new Publish(
        TopicName.of("t/" + number),
        Publish.NO_ALIAS,
        qos,
        false,
        false,
        qos == QoS.AT_MOST_ONCE ? 0 : number + 1,
        PublishProperties.NONE,
        Unpooled.wrappedBuffer(new byte[bytes]));
  }

  @Test
  void queuedMessagesAmongQos0Messages() {
    List<Integer> expected = new ArrayList<>();
    List<Publish> messages = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      QoS qos = i % 5 == 0 ? QoS.AT_LEAST_ONCE : QoS.AT_MOST_ONCE;
      messages.add(message(i, 500, qos));
      expected.add(i);
    }
    publishInOneTurn(messages);

    assertThat(client.takeMessages())
        .extracting(message -> numberOf(message))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void manyLargeRetainedMessages() {
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      client.parts().retained().put(Messages.large("t/" + i, 50_000, QoS.AT_MOST_ONCE, true));
      expected.add(i);
    }
    client.subscribe("t/#", QoS.AT_MOST_ONCE);
    client.subscribe("u/#", QoS.AT_MOST_ONCE);

    assertThat(client.takeMessages())
        .extracting(message -> numberOf(message))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void largeQueuedMessagesInOrder() {
    List<Integer> expected = new ArrayList<>();
    List<Publish> messages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int bytes = i % 2 == 0 ? 50_000 : 100;
      messages.add(message(i, bytes, QoS.AT_LEAST_ONCE));
      expected.add(i);
    }
    publishInOneTurn(messages);

    assertThat(client.takeMessages())
        .extracting(message -> numberOf(message))
        .containsExactlyElementsOf(expected);
  }

  private static int numberOf(Publish message) {
    String topic = Objects.requireNonNull(message.topic()).text();
    return Integer.parseInt(topic, topic.indexOf('/') + 1, topic.length(), 10);
  }
}
