package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.ReasonCode;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {
  private final PacketDecoder decoder = new PacketDecoder(Side.SERVER, 100);

  @Test
  void refusesALargePacketByItsFixedHeader() {
    decoder.version(MqttVersion.MQTT_5);

    ProtocolException refusal = refusal(decoder, "30 63"); // 99 bytes and 2 of the header.

    assertThat(refusal.reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
    assertThat(refusal).hasMessageContaining("101").hasMessageContaining("100");
  }

  @Test
  void acceptsAPacketOfTheMaximumPacketSize() throws ProtocolException {
    decoder.version(MqttVersion.MQTT_3_1_1);

    assertThat(decoder.decode(bytes("30 62"))).isNull();
    assertThat(decoder.expectedBytes()).isEqualTo(100);
  }

  @Test
  void doesNotLimitTheSizeTwice() throws ProtocolException {
    decoder.version(MqttVersion.MQTT_3_1_1);
    decoder.maximumPacketSize(VariableByteInteger.MAXIMUM + 5);

    assertThat(decoder.decode(bytes("30 FF FF FF 7F"))).isNull();
    assertThat(decoder.expectedBytes()).isEqualTo(268_435_460);
  }

  @Test
  void takesTheLimitFromTheNextPacketOn() {
    decoder.version(MqttVersion.MQTT_5);
    decoder.maximumPacketSize(10);

    assertThat(refusal(decoder, "30 0B").reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
  }

  @Test
  void knowsTheVersionOfAConnectThatItRefuses() {
    refusal(decoder, "10 0C 00 04 'MQTT' 04 00 0000 0000");

    assertThat(decoder.version()).isEqualTo(MqttVersion.MQTT_3_1_1);
  }

  @Test
  void knowsNoVersionWhereTheProtocolLevelIsUnknown() {
    refusal(decoder, "10 07 00 04 'MQTT' 84");

    assertThat(decoder.version()).isNull();
  }

  @Test
  void decodesWhatFollowsConnectInItsVersion() throws ProtocolException {
    decoder.decode(bytes("10 0D 00 04 'MQTT' 04 02 0000 0001 'c'"));

    assertThat(decoder.decode(bytes("30 04 0001 'a' 00")))
        .isInstanceOfSatisfying(
            Publish.class, publish -> assertThat(publish.payload().readableBytes()).isEqualTo(1));
  }

  @Test
  void givesThePayloadAsAViewThatIsNotRetained() throws ProtocolException {
    decoder.version(MqttVersion.MQTT_3_1_1);
    ByteBuf in = Unpooled.buffer().writeBytes(AnnotatedHex.parse("30 05 0001 'a' 0102"));

    Publish publish = publish(in);

    in.setByte(5, 9);
    assertThat(publish.payload().getByte(0)).isEqualTo((byte) 9);
    assertThat(in.refCnt()).isEqualTo(1);
  }

  @Test
  void sharesTopicsAndEmptyProperties() throws ProtocolException {
    decoder.version(MqttVersion.MQTT_5);

    Publish first = publish(bytes("30 08 0005 'a/b/c' 00"));
    Publish second = publish(bytes("30 0B 0005 'a/b/c' 03 23 0001"));

    assertThat(second.topic()).isSameAs(first.topic());
    assertThat(first.properties()).isSameAs(PublishProperties.NONE);
    assertThat(second.properties()).isSameAs(PublishProperties.NONE);
  }

  private Publish publish(ByteBuf in) throws ProtocolException {
    if (decoder.decode(in) instanceof Publish publish) {
      return publish;
    }
    throw new AssertionError("not a PUBLISH");
  }

  private static ProtocolException refusal(PacketDecoder decoder, String hex) {
    return catchThrowableOfType(ProtocolException.class, () -> decoder.decode(bytes(hex)));
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(AnnotatedHex.parse(hex));
  }
}
