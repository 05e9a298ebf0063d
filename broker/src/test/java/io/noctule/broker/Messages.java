package io.noctule.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.noctule.broker.message.Publication;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.List;

/** Publications for tests, published by a client that is nobody else. */
public final class Messages {
  /** Who publishes them. */
  public static final String PUBLISHER = "somebody";

  private Messages() {}

  /** A message whose payload is its text. */
  public static Publication message(String topic, String text, QoS qos) {
    return message(topic, text, qos, false, PublishProperties.NONE, 0);
  }

  /** A message with the RETAIN flag. */
  public static Publication retained(String topic, String text, QoS qos) {
    return message(topic, text, qos, true, PublishProperties.NONE, 0);
  }

  /** A message that expires. */
  public static Publication expiring(String topic, String text, QoS qos, long seconds, long now) {
    return message(topic, text, qos, false, expiry(seconds), now);
  }

  /** A message with all there is to choose. */
  public static Publication message(
      String topic,
      String text,
      QoS qos,
      boolean retain,
      PublishProperties properties,
      long nowNanos) {
    return Publication.of(
        TopicName.of(topic), text.getBytes(UTF_8), qos, retain, properties, PUBLISHER, nowNanos);
  }

  /** A message of a size. */
  public static Publication large(String topic, int bytes, QoS qos, boolean retain) {
    return Publication.of(
        TopicName.of(topic), new byte[bytes], qos, retain, PublishProperties.NONE, PUBLISHER, 0);
  }

  /** Properties with nothing but a message expiry interval. */
  public static PublishProperties expiry(long seconds) {
    return new PublishProperties(
        PublishProperties.PayloadFormat.ABSENT, seconds, null, null, null, List.of(), List.of());
  }

  /** The payload as text. */
  public static String text(Publication publication) {
    return publication.payload().toString(UTF_8);
  }
}
