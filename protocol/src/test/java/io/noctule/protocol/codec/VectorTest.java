package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.packet.Packet;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorTest {
  static List<Vector> vectors() {
    return Vectors.all();
  }

  static List<Vector> encodedVectors() {
    return Vectors.all().stream().filter(Vector::isEncoded).toList();
  }

  /** Those whose remaining length is the second byte and not 0. */
  static List<Vector> vectorsWithShortHeader() {
    return Vectors.all().stream().filter(vector -> vector.bytes()[1] > 0).toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void decodesBytesToThePacket(Vector vector) throws ProtocolException {
    ByteBuf in = Unpooled.wrappedBuffer(vector.bytes(), new byte[] {(byte) 0xC0, 0});

    Packet packet = vector.decoder().decode(in);

    assertThat(PacketText.of(packet)).isEqualTo(PacketText.of(vector.packet()));
    assertThat(in.readerIndex()).isEqualTo(vector.bytes().length);
  }

  @ParameterizedTest
  @MethodSource("encodedVectors")
  void encodesThePacketToBytes(Vector vector) {
    ByteBuf out = Unpooled.buffer(0);

    PacketEncoder.encode(vector.packet(), vector.version(), out);

    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(HexFormat.of().formatHex(vector.bytes()));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void asksForMoreAtEachPrefix(Vector vector) throws ProtocolException {
    byte[] bytes = vector.bytes();
    int headerBytes = 1;
    while ((bytes[headerBytes] & 0x80) != 0) {
      headerBytes++;
    }
    headerBytes++;
    PacketDecoder decoder = vector.decoder();
    for (int length = 0; length < bytes.length; length++) {
      ByteBuf in = Unpooled.wrappedBuffer(bytes, 0, length);
      assertThat(decoder.decode(in)).isNull();
      assertThat(in.readerIndex()).isZero();
      assertThat(decoder.expectedBytes()).isEqualTo(length < headerBytes ? 0 : bytes.length);
    }
    assertThat(decoder.decode(vector.buffer())).isNotNull();
    assertThat(decoder.expectedBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("vectorsWithShortHeader")
  void refusesOrAcceptsAPacketThatWasCutWithItsLength(Vector vector) {
    byte[] bytes = vector.bytes();
    for (int remaining = 0; remaining < bytes.length - 2; remaining++) {
      byte[] cut = Arrays.copyOf(bytes, 2 + remaining);
      cut[1] = (byte) remaining;
      // Some cuts are packets as well, such as one with a shorter payload: what must not be is
      // another exception.
      try {
        assertThat(vector.decoder().decode(Unpooled.wrappedBuffer(cut))).isNotNull();
      } catch (ProtocolException e) {
        assertThat(e.reasonCode().isError()).isTrue();
      }
    }
  }

  @Test
  void coverEachPropertyAndEachPacketType() {
    Set<Property> properties = EnumSet.allOf(Property.class);
    Set<PacketType> types = EnumSet.allOf(PacketType.class);
    for (Vector vector : Vectors.all()) {
      types.remove(PacketType.ofFirstByte(vector.bytes()[0] & 0xFF));
      properties.removeIf(
          property ->
              vector
                  .hex()
                  .lines()
                  .anyMatch(
                      line -> line.strip().startsWith("%02X ".formatted(property.identifier()))));
    }
    assertThat(types).isEmpty();
    assertThat(properties).isEmpty();
  }
}
