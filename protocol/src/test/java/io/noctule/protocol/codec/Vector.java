package io.noctule.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;

/**
 * Bytes and the packet that they are.
 *
 * @param receiver who decodes them
 * @param version what they are decoded as
 * @param packet what they mean
 * @param hex see {@link AnnotatedHex}
 * @param direction whether the encoder writes the same bytes
 */
record Vector(
    String name,
    Side receiver,
    MqttVersion version,
    Packet packet,
    String hex,
    Direction direction) {

  enum Direction {
    /** Encoder and decoder agree. */
    BOTH,
    /** Allowed, but another form than the encoder chooses. */
    DECODE_ONLY
  }

  static Vector toServer(String name, MqttVersion version, Packet packet, String hex) {
    return new Vector(name, Side.SERVER, version, packet, hex, Direction.BOTH);
  }

  static Vector toClient(String name, MqttVersion version, Packet packet, String hex) {
    return new Vector(name, Side.CLIENT, version, packet, hex, Direction.BOTH);
  }

  Vector decodeOnly() {
    return new Vector(name, receiver, version, packet, hex, Direction.DECODE_ONLY);
  }

  boolean isEncoded() {
    return direction == Direction.BOTH;
  }

  byte[] bytes() {
    return AnnotatedHex.parse(hex);
  }

  ByteBuf buffer() {
    return Unpooled.wrappedBuffer(bytes());
  }

  /** A decoder that is where the packet may come. */
  PacketDecoder decoder() {
    PacketDecoder decoder = new PacketDecoder(receiver, VariableByteInteger.MAXIMUM);
    if (!(packet instanceof Connect)) {
      decoder.version(version);
    }
    return decoder;
  }

  @Override
  public String toString() {
    return "%s, %s to %s".formatted(name, version, receiver);
  }
}
