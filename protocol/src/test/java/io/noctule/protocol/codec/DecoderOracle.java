package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;

/**
 * What a decoder must do with any bytes at all: give packets, ask for more or refuse by a {@link
 * ProtocolException} with a reason code that is an error. What it accepted can be encoded, and
 * decodes to the same again.
 */
final class DecoderOracle {
  private DecoderOracle() {}

  static void check(byte[] bytes, PacketDecoder decoder, Side side) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      while (true) {
        int before = in.readerIndex();
        Packet packet = decoder.decode(in);
        if (packet == null) {
          assertThat(in.readerIndex()).isEqualTo(before);
          assertThat(decoder.expectedBytes()).isNotNegative();
          return;
        }
        assertThat(in.readerIndex()).isGreaterThan(before).isLessThanOrEqualTo(bytes.length);
        assertSurvives(packet, decoder, side);
      }
    } catch (ProtocolException e) {
      assertThat(e.reasonCode().isError()).isTrue();
      assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    }
  }

  private static void assertSurvives(Packet packet, PacketDecoder decoder, Side side) {
    MqttVersion version = decoder.version();
    if (version == null) {
      throw new AssertionError("a packet was decoded without a version");
    }
    ByteBuf bytes = Unpooled.buffer();
    PacketEncoder.encode(packet, version, bytes);
    PacketDecoder again = new PacketDecoder(side, bytes.readableBytes());
    if (!(packet instanceof Connect)) {
      again.version(version);
    }
    try {
      assertThat(PacketText.of(again.decode(bytes))).isEqualTo(PacketText.of(packet));
    } catch (ProtocolException e) {
      throw new AssertionError("decoded, encoded, then refused: " + PacketText.of(packet), e);
    }
    assertThat(bytes.isReadable()).isFalse();
  }
}
