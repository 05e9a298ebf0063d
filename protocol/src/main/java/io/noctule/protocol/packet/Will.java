package io.noctule.protocol.packet;

import io.noctule.protocol.topic.TopicName;

/**
 * The message that the server publishes for a client that is gone (MQTT 5.0, section 3.1.2.5).
 *
 * @param topic where
 * @param payload what; never changed after construction
 * @param qos how
 * @param retain whether the message is kept as the topic's retained message
 * @param delaySeconds seconds from the end of the connection to the publication, 0 to 4,294,967,295
 * @param properties the message's properties
 */
@SuppressWarnings("ArrayRecordComponent") // Opaque bytes that are passed on, never compared.
public record Will(
    TopicName topic,
    byte[] payload,
    QoS qos,
    boolean retain,
    long delaySeconds,
    PublishProperties properties) {}
