package io.noctule.conformance.hostile;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Property;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.Arrays;
import java.util.Random;

/**
 * Packets that are right, nearly right, or noise. The same seed makes the same packets. For one
 * thread.
 */
final class HostilePackets {
  /** Of client identifiers, so that hostile clients take each other's sessions over. */
  private static final int IDENTIFIERS = 12;

  private static final String[] FILTERS = {
    "hostile/#", "hostile/a", "hostile/+/b", "+", "#", "$SYS/#", "$share/g/hostile/#"
  };
  private static final String[] TOPICS = {
    "hostile/a", "hostile/a/b", "hostile/ü", "$SYS/x", "hostile//////"
  };
  private static final String[] FORBIDDEN = {"", "a/#/b", "hostile/+", "$share/g"};
  private static final int ONCE_IN = 100;

  private final Random random;
  private final Version version;

  HostilePackets(long seed, Version version) {
    this.random = new Random(seed);
    this.version = version;
  }

  /** A CONNECT that the broker accepts. */
  byte[] connect() {
    Connect connect = Connect.as("hostile" + random.nextInt(IDENTIFIERS)).keepAlive(30);
    if (random.nextBoolean()) {
      connect = connect.persistent();
    }
    if (random.nextInt(3) == 0) {
      connect =
          connect.will(
              Publish.of("hostile/will", "w".repeat(random.nextInt(300))).qos(random.nextInt(3), 0),
              Property.of(Property.WILL_DELAY, random.nextInt(2)));
    }
    if (random.nextInt(4) == 0) {
      connect =
          connect
              .with(Property.RECEIVE_MAXIMUM, 1 + random.nextInt(10))
              .with(Property.MAXIMUM_PACKET_SIZE, 20 + random.nextInt(200))
              .with(Property.TOPIC_ALIAS_MAXIMUM, random.nextInt(5));
    }
    return connect.encode(version);
  }

  /** The next packet, most often one that the standard allows. */
  byte[] next() {
    byte[] packet = wellFormed();
    return switch (random.nextInt(80)) {
      case 0 -> flipped(packet);
      case 1 -> Arrays.copyOf(packet, random.nextInt(packet.length + 1));
      case 2 -> Bytes.concat(packet, noise(random.nextInt(8)));
      case 3 -> noise(1 + random.nextInt(40));
      case 4 -> relabelled(packet);
      default -> packet;
    };
  }

  private byte[] wellFormed() {
    byte[] properties = version.isV5() ? Bytes.of(0) : new byte[0];
    byte[] id = Bytes.u16(packetId());
    return switch (random.nextInt(random.nextInt(8) == 0 ? 14 : 13)) {
      case 0, 1, 2, 3, 4 -> publish();
      case 5 -> Bytes.packet(0x40, id);
      case 6 -> Bytes.packet(0x50, id);
      case 7 -> Bytes.packet(0x62, id);
      case 8 -> Bytes.packet(0x70, id);
      case 9, 10 ->
          Bytes.packet(0x82, id, properties, Bytes.string(one(FILTERS)), Bytes.of(options()));
      case 11 -> Bytes.packet(0xA2, id, properties, Bytes.string(one(FILTERS)));
      case 12 -> Bytes.of(0xC0, 0);
      default -> random.nextInt(8) == 0 ? connect() : Bytes.of(0xE0, 0);
    };
  }

  private byte[] publish() {
    int size = random.nextInt(20) == 0 ? 3_000 + random.nextInt(20_000) : random.nextInt(200);
    int qos = random.nextInt(3);
    Publish publish = Publish.of(one(TOPICS), "x".repeat(size)).qos(qos, qos == 0 ? 0 : packetId());
    if (random.nextInt(4) == 0) {
      publish = publish.retained();
    }
    if (random.nextInt(4) == 0) {
      publish =
          publish.with(
              Property.TOPIC_ALIAS, 1 + random.nextInt(random.nextInt(ONCE_IN) == 0 ? 100 : 60));
    }
    if (random.nextInt(4) == 0) {
      publish =
          publish
              .with(Property.MESSAGE_EXPIRY, random.nextInt(3))
              .with(Property.USER_PROPERTY, "k=" + "v".repeat(random.nextInt(100)));
    }
    return publish.encode(version);
  }

  private int packetId() {
    return random.nextInt(ONCE_IN) == 0 ? 0 : 1 + random.nextInt(20);
  }

  /** Of a subscription: a QoS, and with MQTT 5 more. */
  private int options() {
    if (random.nextInt(ONCE_IN) == 0) {
      return random.nextInt(256);
    }
    int qos = random.nextInt(3);
    return version.isV5() ? qos | random.nextInt(2) << 3 | random.nextInt(3) << 4 : qos;
  }

  private byte[] flipped(byte[] packet) {
    byte[] changed = packet.clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  private byte[] relabelled(byte[] packet) {
    byte[] changed = packet.clone();
    changed[0] = (byte) random.nextInt(256);
    return changed;
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String one(String[] choices) {
    String[] from = random.nextInt(ONCE_IN) == 0 ? FORBIDDEN : choices;
    return from[random.nextInt(from.length)];
  }
}
