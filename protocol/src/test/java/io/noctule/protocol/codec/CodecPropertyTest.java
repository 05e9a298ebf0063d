package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for all packets and all bytes. */
class CodecPropertyTest {
  private static final int LARGEST = 1 << 20;

  @Property
  void whatWasEncodedDecodesToTheSame(
      @ForAll long seed, @ForAll MqttVersion version, @ForAll Side receiver) throws Exception {
    Packet packet = new RandomPackets(seed, version, receiver).next();

    assertSurvives(packet, version, decoder(version, receiver));
  }

  @Property
  void connectDecodesToTheSame(@ForAll long seed, @ForAll MqttVersion version) throws Exception {
    Connect packet = new RandomPackets(seed, version, Side.SERVER).connect();
    PacketDecoder decoder = new PacketDecoder(Side.SERVER, LARGEST);

    assertSurvives(packet, version, decoder);
    assertThat(decoder.version()).isEqualTo(version);
  }

  @Property
  void connAckDecodesToTheSame(@ForAll long seed, @ForAll MqttVersion version) throws Exception {
    Packet packet = new RandomPackets(seed, version, Side.CLIENT).connAck();

    assertSurvives(packet, version, decoder(version, Side.CLIENT));
  }

  @Property(tries = 200)
  void eachPrefixAsksForMore(@ForAll long seed, @ForAll MqttVersion version, @ForAll Side receiver)
      throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    PacketEncoder.encode(new RandomPackets(seed, version, receiver).next(), version, bytes);
    PacketDecoder decoder = decoder(version, receiver);
    // All short ones, then some.
    for (int length = 0; length < bytes.readableBytes(); length += 1 + length / 64) {
      ByteBuf prefix = bytes.slice(0, length);
      assertThat(decoder.decode(prefix)).isNull();
      assertThat(prefix.readerIndex()).isZero();
      assertThat(decoder.expectedBytes()).isIn(0, bytes.readableBytes());
    }
  }

  @Property(tries = 300)
  void packetsComeOutOfAnyPieces(
      @ForAll long seed, @ForAll MqttVersion version, @ForAll Side receiver) throws Exception {
    RandomPackets packets = new RandomPackets(seed, version, receiver);
    ByteBuf bytes = Unpooled.buffer();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Packet packet = packets.next();
      sent.add(PacketText.of(packet));
      PacketEncoder.encode(packet, version, bytes);
    }
    Random random = new Random(seed);
    PacketDecoder decoder = decoder(version, receiver);
    ByteBuf in = Unpooled.buffer();
    List<String> received = new ArrayList<>();
    while (bytes.isReadable()) {
      in.writeBytes(bytes, Math.min(bytes.readableBytes(), 1 + random.nextInt(500)));
      for (Packet packet = decoder.decode(in); packet != null; packet = decoder.decode(in)) {
        received.add(PacketText.of(packet));
      }
    }
    assertThat(received).isEqualTo(sent);
    assertThat(in.isReadable()).isFalse();
  }

  @Property
  void anyBytesGiveAPacketOrARefusal(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll MqttVersion version, @ForAll Side receiver) {
    DecoderOracle.check(bytes, decoder(version, receiver), receiver);
  }

  @Property
  void anyBodyGivesAPacketOrARefusal(
      @ForAll @IntRange(max = 255) int firstByte,
      @ForAll @Size(max = 127) byte[] body,
      @ForAll MqttVersion version,
      @ForAll Side receiver) {
    ByteBuf packet = Unpooled.buffer().writeByte(firstByte).writeByte(body.length).writeBytes(body);
    byte[] bytes = new byte[packet.readableBytes()];
    packet.readBytes(bytes);
    DecoderOracle.check(bytes, decoder(version, receiver), receiver);
  }

  @Property(tries = 3000)
  void aDamagedPacketGivesAPacketOrARefusal(
      @ForAll long seed, @ForAll MqttVersion version, @ForAll Side receiver) {
    Random random = new Random(seed);
    RandomPackets packets = new RandomPackets(seed, version, receiver);
    boolean isConnect = receiver == Side.SERVER && random.nextInt(4) == 0;
    Packet packet =
        isConnect
            ? packets.connect()
            : receiver == Side.CLIENT && random.nextInt(4) == 0
                ? packets.connAck()
                : packets.next();
    ByteBuf out = Unpooled.buffer();
    PacketEncoder.encode(packet, version, out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int index = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 40));
      bytes[index] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[index] ^ 1);
    }
    DecoderOracle.check(
        bytes,
        isConnect ? new PacketDecoder(Side.SERVER, LARGEST) : decoder(version, receiver),
        receiver);
  }

  private static void assertSurvives(Packet packet, MqttVersion version, PacketDecoder decoder)
      throws ProtocolException {
    ByteBuf bytes = Unpooled.buffer();
    PacketEncoder.encode(packet, version, bytes);

    Packet decoded = decoder.decode(bytes);

    assertThat(PacketText.of(decoded)).isEqualTo(PacketText.of(packet));
    assertThat(bytes.isReadable()).isFalse();
  }

  private static PacketDecoder decoder(MqttVersion version, Side receiver) {
    PacketDecoder decoder = new PacketDecoder(receiver, LARGEST);
    decoder.version(version);
    return decoder;
  }
}
