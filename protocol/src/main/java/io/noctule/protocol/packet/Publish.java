package io.noctule.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.noctule.protocol.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Carries an application message (MQTT 5.0, section 3.3).
 *
 * <p>The payload of a decoded packet is a view of the buffer that it was decoded from and is not
 * retained: it is valid until the decoder's caller reads on; who keeps the message copies it.
 * Encoding reads it by index and leaves its reader index alone.
 *
 * @param topic null where the packet names its topic by alias alone
 * @param topicAlias 1 to 65535; 0 where there is none
 * @param qos the quality of service of this delivery
 * @param retain the RETAIN flag
 * @param duplicate the DUP flag
 * @param packetId 1 to 65535; 0 at QoS 0
 * @param properties the message's own properties
 * @param payload the bytes between reader and writer index
 */
public record Publish(
    @Nullable TopicName topic,
    int topicAlias,
    QoS qos,
    boolean retain,
    boolean duplicate,
    int packetId,
    PublishProperties properties,
    ByteBuf payload)
    implements Packet {
  /** The value of {@link #topicAlias()} where there is none. */
  public static final int NO_ALIAS = 0;
}
