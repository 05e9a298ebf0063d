package io.noctule.conformance.wire;

import java.util.ArrayList;
import java.util.List;

/** A control packet as it came: its first byte and what follows the remaining length. */
@SuppressWarnings("ArrayRecordComponent") // Compared by its hexadecimal form only.
public record Packet(int firstByte, byte[] body) {
  public static final int CONNACK = 2;
  public static final int PUBLISH = 3;
  public static final int PUBACK = 4;
  public static final int PUBREC = 5;
  public static final int PUBREL = 6;
  public static final int PUBCOMP = 7;
  public static final int SUBACK = 9;
  public static final int UNSUBACK = 11;
  public static final int PINGRESP = 13;
  public static final int DISCONNECT = 14;

  /** The four bits that name the packet. */
  public int type() {
    return firstByte >> 4;
  }

  /** The four bits beside the type. */
  public int flags() {
    return firstByte & 0xF;
  }

  ByteReader reader() {
    return new ByteReader(body);
  }

  /** The packet identifier of an acknowledgement. */
  public int packetId() {
    return reader().u16();
  }

  /** The reason code of PUBACK, PUBREC, PUBREL or PUBCOMP; 0 where it is left out. */
  public int reasonCode() {
    return body.length > 2 ? body[2] & 0xFF : 0;
  }

  /** The reason codes of SUBACK or UNSUBACK. */
  List<Integer> reasonCodes(Version version) {
    ByteReader in = reader();
    in.u16();
    if (version.isV5()) {
      Property.read(in);
    }
    List<Integer> codes = new ArrayList<>();
    while (in.hasMore()) {
      codes.add(in.u8());
    }
    return codes;
  }

  @Override
  public String toString() {
    return "packet %02x [%s]".formatted(firstByte, Bytes.toHex(body));
  }
}
