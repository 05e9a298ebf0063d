package io.noctule.app.client;

import io.netty.buffer.ByteBufUtil;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import java.time.ZonedDateTime;

/**
 * A message as it came, to be printed.
 *
 * @param topic the topic, an alias resolved
 * @param topicAlias 0 where there was none
 * @param packetId 0 at QoS 0
 * @param payload never changed after construction
 * @param time when it came
 */
@SuppressWarnings("ArrayRecordComponent") // Printed once, never compared.
record ReceivedMessage(
    String topic,
    int topicAlias,
    QoS qos,
    boolean retain,
    int packetId,
    PublishProperties properties,
    byte[] payload,
    ZonedDateTime time) {

  static ReceivedMessage of(Publish publish, String topic, ZonedDateTime time) {
    return new ReceivedMessage(
        topic,
        publish.topicAlias(),
        publish.qos(),
        publish.retain(),
        publish.packetId(),
        publish.properties(),
        ByteBufUtil.getBytes(publish.payload()),
        time);
  }
}
