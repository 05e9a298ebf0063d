package io.noctule.app.bench;

import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import io.noctule.tls.context.ClientTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One load to put on a broker.
 *
 * @param shape who gets whose messages
 * @param broker its address, resolved
 * @param tls null to connect without
 * @param version spoken on all connections
 * @param qos of messages and subscriptions
 * @param publishers connections that send, at least 1
 * @param subscribers connections that receive, at least 1; as many as publishers in pairs
 * @param payloadBytes of each message, at least {@link PublishTemplate#MINIMUM_PAYLOAD_BYTES}
 * @param warmUp sending that is checked but not measured
 * @param measured sending that is measured, after the warm-up
 * @param messagesPerSecond sent by all publishers together; {@link #MAXIMUM} for as many as the
 *     window lets
 * @param window messages of each publisher that may be under way to their subscribers, where
 *     sending at the maximum
 */
record LoadPlan(
    Shape shape,
    InetSocketAddress broker,
    @Nullable ClientTls tls,
    MqttVersion version,
    QoS qos,
    int publishers,
    int subscribers,
    int payloadBytes,
    Duration warmUp,
    Duration measured,
    long messagesPerSecond,
    int window) {
  /** The rate of a closed loop: what arrives makes room for what is sent. */
  static final long MAXIMUM = 0;

  /** How many subscribers get each message. */
  int deliveriesPerMessage() {
    return shape == Shape.PAIRS ? 1 : subscribers;
  }

  boolean closedLoop() {
    return messagesPerSecond == MAXIMUM;
  }

  /** The plan in a line. */
  String title() {
    return "%s %d -> %d, QoS %d, %,d bytes, MQTT %s%s, %s"
        .formatted(
            shape.label(),
            publishers,
            subscribers,
            qos.value(),
            payloadBytes,
            version == MqttVersion.MQTT_5 ? "5.0" : "3.1.1",
            tls == null ? "" : " over TLS",
            closedLoop()
                ? "window %,d".formatted(window)
                : "%,d messages/s".formatted(messagesPerSecond));
  }
}
