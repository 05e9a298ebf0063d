package io.noctule.protocol.codec;

import io.noctule.protocol.codec.PacketDecoder.Side;
import org.jspecify.annotations.Nullable;

/**
 * The control packet types with what their first byte must be (MQTT 5.0, sections 2.1.2 and 2.1.3).
 */
enum PacketType {
  CONNECT(1, 0b0000, true, false),
  CONNACK(2, 0b0000, false, true),
  /** Its flags are not fixed but DUP, QoS and RETAIN. */
  PUBLISH(3, 0b0000, true, true),
  PUBACK(4, 0b0000, true, true),
  PUBREC(5, 0b0000, true, true),
  PUBREL(6, 0b0010, true, true),
  PUBCOMP(7, 0b0000, true, true),
  SUBSCRIBE(8, 0b0010, true, false),
  SUBACK(9, 0b0000, false, true),
  UNSUBSCRIBE(10, 0b0010, true, false),
  UNSUBACK(11, 0b0000, false, true),
  PINGREQ(12, 0b0000, true, false),
  PINGRESP(13, 0b0000, false, true),
  DISCONNECT(14, 0b0000, true, true),
  AUTH(15, 0b0000, true, true);

  private static final @Nullable PacketType[] BY_VALUE = new PacketType[16];

  static {
    for (PacketType type : values()) {
      BY_VALUE[type.value] = type;
    }
  }

  private final int value;
  private final int flags;
  private final boolean toServer;
  private final boolean toClient;

  PacketType(int value, int flags, boolean toServer, boolean toClient) {
    this.value = value;
    this.flags = flags;
    this.toServer = toServer;
    this.toClient = toClient;
  }

  /** The type that the upper four bits of a first byte name; null where they are the reserved 0. */
  static @Nullable PacketType ofFirstByte(int firstByte) {
    return BY_VALUE[firstByte >>> 4];
  }

  /** The lower four bits of the first byte, for all types but PUBLISH. */
  int flags() {
    return flags;
  }

  /** The first byte of a packet, for all types but PUBLISH. */
  int firstByte() {
    return (value << 4) | flags;
  }

  /** Whether the side may be sent such a packet, in MQTT 5.0 at least. */
  boolean isSentTo(Side side) {
    return side == Side.SERVER ? toServer : toClient;
  }
}
