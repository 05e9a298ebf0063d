package io.noctule.broker.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An application message that the broker has accepted.
 *
 * <p>It starts as a view: its payload lies in the buffer that it was read into and is valid for the
 * turn of the receiving loop only. Whoever keeps it for longer (a window, a queue, a retained
 * message) or hands it to another loop calls {@link #keep()} before, on the receiving loop; that
 * copies the payload to the heap once for all. A kept publication never changes and may be read by
 * any thread; nobody counts references.
 */
public final class Publication {
  /**
   * What a publication costs in memory beside topic and payload: objects and references, estimated.
   */
  private static final int OVERHEAD_BYTES = 160;

  private final TopicName topic;
  private final QoS qos;
  private final boolean retain;
  private final PublishProperties properties;
  private final @Nullable String publisher;
  private final long deadlineNanos; // any number, since a ticker may start anywhere
  private ByteBuf payload;
  private boolean kept;

  private Publication(
      TopicName topic,
      ByteBuf payload,
      boolean kept,
      QoS qos,
      boolean retain,
      PublishProperties properties,
      @Nullable String publisher,
      long nowNanos) {
    this.topic = topic;
    this.payload = payload;
    this.kept = kept;
    this.qos = qos;
    this.retain = retain;
    this.properties = properties;
    this.publisher = publisher;
    this.deadlineNanos =
        properties.expires()
            ? nowNanos + TimeUnit.SECONDS.toNanos(properties.messageExpirySeconds())
            : 0;
  }

  /**
   * A message whose payload is still in the buffer that it was read into.
   *
   * @param publisher the client id of who published it
   * @param nowNanos the broker's ticker, from which a message expiry interval counts
   */
  public static Publication view(
      TopicName topic,
      ByteBuf payload,
      QoS qos,
      boolean retain,
      PublishProperties properties,
      String publisher,
      long nowNanos) {
    return new Publication(topic, payload, false, qos, retain, properties, publisher, nowNanos);
  }

  /**
   * A kept message.
   *
   * @param payload not to be changed afterwards
   * @param publisher null where the broker itself publishes
   */
  public static Publication of(
      TopicName topic,
      byte[] payload,
      QoS qos,
      boolean retain,
      PublishProperties properties,
      @Nullable String publisher,
      long nowNanos) {
    return new Publication(
        topic, Unpooled.wrappedBuffer(payload), true, qos, retain, properties, publisher, nowNanos);
  }

  /** Makes the message outlast the turn. On the receiving loop; calling it again costs nothing. */
  public Publication keep() {
    if (!kept) {
      int length = payload.readableBytes();
      byte[] copy = new byte[length];
      payload.getBytes(payload.readerIndex(), copy);
      payload = Unpooled.wrappedBuffer(copy);
      kept = true;
    }
    return this;
  }

  /** Where it was published. */
  public TopicName topic() {
    return topic;
  }

  /** The quality of service that it was published with. */
  public QoS qos() {
    return qos;
  }

  /** The RETAIN flag that it was published with. */
  public boolean retain() {
    return retain;
  }

  /** The bytes between reader and writer index; not to be consumed. */
  public ByteBuf payload() {
    return payload;
  }

  /**
   * The payload to be handed to the network, which releases it. Of a kept message each caller gets
   * a buffer of its own around the same bytes: loops share the message, and a buffer gives all its
   * slices one NIO view, which encryption moves about in.
   */
  public ByteBuf payloadReference() {
    return kept
        ? Unpooled.wrappedBuffer(
            payload.array(), payload.arrayOffset() + payload.readerIndex(), payload.readableBytes())
        : payload.retainedSlice();
  }

  /** The client id of who published it; null where the broker did. */
  public @Nullable String publisher() {
    return publisher;
  }

  /** Whether its expiry interval has passed [MQTT-3.3.2-5]. */
  public boolean isExpired(long nowNanos) {
    return properties.expires() && nowNanos - deadlineNanos >= 0;
  }

  /** Whether it has an expiry interval, so that its properties change with time. */
  public boolean expires() {
    return properties.expires();
  }

  /**
   * The properties to send, with the seconds that remain [MQTT-3.3.2-6] and the identifiers of the
   * subscriptions that match [MQTT-3.3.4-3].
   */
  public PublishProperties propertiesFor(long nowNanos, List<Integer> subscriptionIdentifiers) {
    if (!properties.expires() && subscriptionIdentifiers.isEmpty()) {
      return properties;
    }
    long remaining = PublishProperties.NEVER_EXPIRES;
    if (properties.expires()) {
      long nanosLeft = deadlineNanos - nowNanos;
      // Rounded up: a message that is not expired yet never goes out with 0.
      remaining = Math.max(1, (nanosLeft + 999_999_999L) / 1_000_000_000L);
    }
    return new PublishProperties(
        properties.payloadFormat(),
        remaining,
        properties.responseTopic(),
        properties.correlationData(),
        properties.contentType(),
        properties.userProperties(),
        subscriptionIdentifiers);
  }

  /** Bytes of memory that keeping it takes, estimated. */
  public int memoryBytes() {
    return OVERHEAD_BYTES + topic.utf8Length() + payload.readableBytes() + propertyBytes();
  }

  private int propertyBytes() {
    if (properties.equals(PublishProperties.NONE)) {
      return 0;
    }
    byte[] correlation = properties.correlationData();
    int bytes =
        OVERHEAD_BYTES
            + lengthOf(properties.responseTopic())
            + lengthOf(properties.contentType())
            + (correlation == null ? 0 : correlation.length);
    for (UserProperty property : properties.userProperties()) {
      bytes += OVERHEAD_BYTES + 2 * (property.name().length() + property.value().length());
    }
    return bytes;
  }

  private static int lengthOf(@Nullable String text) {
    return text == null ? 0 : 2 * text.length();
  }
}
