package io.noctule.broker.message;

import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_5;
import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static io.noctule.protocol.packet.QoS.AT_MOST_ONCE;
import static io.noctule.protocol.packet.QoS.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.broker.Messages;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameCacheTest {
  private static final int PACKET_ID = 0xABCD;
  private static final long SECOND = 1_000_000_000L;

  private final Publication publication = Messages.message("some/topic", "payload", EXACTLY_ONCE);
  private final FrameCache frames = new FrameCache();

  @AfterEach
  void close() {
    frames.close();
  }

  private Frame frame(MqttVersion version, QoS qos, boolean retain, Integer... identifiers) {
    return frames.frame(publication, version, qos, retain, List.of(identifiers), 0);
  }

  private static Publish decode(Frame frame, MqttVersion version) throws ProtocolException {
    ByteBuf out = Unpooled.buffer().writeByte(0xFF);
    frame.copyTo(out, PACKET_ID);
    out.readByte();
    assertThat(out.readableBytes()).isEqualTo(frame.length());
    PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.CLIENT, 10_000);
    decoder.version(version);
    return (Publish) Objects.requireNonNull(decoder.decode(out));
  }

  @Test
  void servesWhatIsBeingFannedOutOnly() {
    assertThat(frames.serves(publication)).isFalse();
    frames.begin(publication);
    assertThat(frames.serves(publication)).isTrue();
    assertThat(frames.serves(Messages.message("some/topic", "payload", EXACTLY_ONCE))).isFalse();
    frames.end();
    assertThat(frames.serves(publication)).isFalse();
  }

  @Test
  void eachFormIsEncodedAsItsSubscriberWantsIt() throws ProtocolException {
    frames.begin(publication);
    for (MqttVersion version : List.of(MQTT_3_1_1, MQTT_5)) {
      for (QoS qos : QoS.values()) {
        for (boolean retain : new boolean[] {false, true}) {
          Publish packet = decode(frame(version, qos, retain), version);

          assertThat(packet.topic()).isEqualTo(TopicName.of("some/topic"));
          assertThat(packet.qos()).isEqualTo(qos);
          assertThat(packet.retain()).isEqualTo(retain);
          assertThat(packet.duplicate()).isFalse();
          assertThat(packet.packetId()).isEqualTo(qos == AT_MOST_ONCE ? 0 : PACKET_ID);
          assertThat(packet.payload()).isEqualTo(publication.payload());
        }
      }
    }
  }

  @Test
  void subscriptionIdentifiersAreAFormOfTheirOwn() throws ProtocolException {
    frames.begin(publication);
    Frame first = frame(MQTT_5, AT_LEAST_ONCE, false, 1, 300);
    assertThat(decode(first, MQTT_5).properties().subscriptionIdentifiers())
        .containsExactly(1, 300);
    assertThat(frame(MQTT_5, AT_LEAST_ONCE, false, 1)).isNotSameAs(first);
    assertThat(frame(MQTT_5, AT_LEAST_ONCE, false, 1, 300)).isSameAs(first);
  }

  @Test
  void oneFormIsEncodedOnce() {
    frames.begin(publication);
    Frame frame = frame(MQTT_3_1_1, AT_LEAST_ONCE, false);
    assertThat(frame(MQTT_3_1_1, AT_LEAST_ONCE, false)).isSameAs(frame);
    assertThat(frame(MQTT_3_1, AT_LEAST_ONCE, false)).as("the same on the wire").isSameAs(frame);
    assertThat(frame(MQTT_5, AT_LEAST_ONCE, false)).isNotSameAs(frame);
  }

  @Test
  void moreFormsThanAreKeptAreRightAllTheSame() throws ProtocolException {
    frames.begin(publication);
    for (int round = 0; round < 3; round++) {
      for (int identifier = 1; identifier <= 10; identifier++) {
        Publish packet = decode(frame(MQTT_5, AT_LEAST_ONCE, false, identifier), MQTT_5);
        assertThat(packet.properties().subscriptionIdentifiers()).containsExactly(identifier);
      }
    }
  }

  @Test
  void theNextPublicationFindsNoFormsOfTheFormerOne() throws ProtocolException {
    frames.begin(publication);
    frame(MQTT_5, AT_LEAST_ONCE, false);
    frames.end();
    Publication next = Messages.message("other", "", AT_LEAST_ONCE);
    frames.begin(next);
    Publish packet = decode(frames.frame(next, MQTT_5, AT_LEAST_ONCE, false, List.of(), 0), MQTT_5);

    assertThat(packet.topic()).isEqualTo(TopicName.of("other"));
    assertThat(packet.payload().isReadable()).isFalse();
  }

  @Test
  void theRemainingExpiryIsSent() throws ProtocolException {
    Publication expiring = Messages.expiring("t", "m", AT_LEAST_ONCE, 10, 0);
    frames.begin(expiring);
    Frame frame = frames.frame(expiring, MQTT_5, AT_LEAST_ONCE, false, List.of(), 4 * SECOND);

    assertThat(decode(frame, MQTT_5).properties().messageExpirySeconds()).isEqualTo(6);
  }
}
