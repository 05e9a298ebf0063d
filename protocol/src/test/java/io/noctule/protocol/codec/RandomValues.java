package io.noctule.protocol.codec;

import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The values that {@link RandomPackets} are made of; edges are as likely as what lies between. */
final class RandomValues {
  private static final String[] LEVELS = {
    "a", "sensor_data", "", "é中😀", "$SYS", " ", "x".repeat(90)
  };

  private final Random random;
  private final MqttVersion version;

  RandomValues(Random random, MqttVersion version) {
    this.random = random;
    this.version = version;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean nextBoolean() {
    return random.nextBoolean();
  }

  <T> @Nullable T nullable(T value) {
    return random.nextBoolean() ? null : value;
  }

  int uint16() {
    return oneOf(0, 1, 127, 128, 255, 256, 65535, random.nextInt(65536));
  }

  int packetId() {
    return Math.max(1, uint16());
  }

  long uint32() {
    return oneOf(0L, 1L, 65536L, 0x8000_0000L, 0xFFFF_FFFFL, random.nextLong(1L << 32));
  }

  int subscriptionIdentifier() {
    return oneOf(1, 127, 128, 16383, 16384, 2097151, 2097152, VariableByteInteger.MAXIMUM);
  }

  QoS qos() {
    return QoS.of(random.nextInt(3));
  }

  ReasonCode oneOf(Set<ReasonCode> codes) {
    return List.copyOf(codes).get(random.nextInt(codes.size()));
  }

  byte[] bytes() {
    byte[] bytes = new byte[oneOf(0, 1, 2, 100, 200, random.nextInt(20_000))];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Any string that MQTT can carry. */
  String string() {
    int length = oneOf(0, 1, 7, 8, 9, 30, random.nextInt(300));
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(3);
    while (text.length() < length) {
      int codePoint =
          switch (kind) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 1 + random.nextInt(0x7FF);
            default -> 1 + random.nextInt(0x10FFFF);
          };
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }

  TopicName topicName() {
    String text = random.nextBoolean() ? path() : string().replace('+', '-').replace('#', '-');
    return TopicName.of(text.isEmpty() ? "/" : text);
  }

  TopicFilter topicFilter() {
    String text = path();
    text = random.nextBoolean() ? text.replaceFirst("^[^/]*", "+") : text;
    text = random.nextBoolean() ? text + "/#" : text;
    return TopicFilter.of(random.nextInt(4) == 0 ? "$share/group/" + text : text);
  }

  /** Levels with slashes, not the empty text. */
  private String path() {
    StringBuilder text = new StringBuilder(LEVELS[random.nextInt(LEVELS.length)]);
    for (int i = random.nextInt(4); i > 0 || text.isEmpty(); i--) {
      text.append('/').append(LEVELS[random.nextInt(LEVELS.length)]);
    }
    return text.toString();
  }

  <T> List<T> listOfAtLeastOne(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    do {
      list.add(element.get());
    } while (random.nextInt(3) != 0);
    return list;
  }

  List<UserProperty> userProperties() {
    return version.hasProperties() && random.nextInt(3) == 0
        ? listOfAtLeastOne(() -> new UserProperty(string(), string()))
        : List.of();
  }

  PublishProperties publishProperties(boolean withSubscriptionIdentifiers) {
    if (!version.hasProperties() || random.nextBoolean()) {
      return PublishProperties.NONE;
    }
    return new PublishProperties(
        PayloadFormat.values()[random.nextInt(3)],
        random.nextBoolean() ? PublishProperties.NEVER_EXPIRES : uint32(),
        nullable(topicName().text()),
        nullable(bytes()),
        nullable(string()),
        userProperties(),
        withSubscriptionIdentifiers && random.nextBoolean()
            ? listOfAtLeastOne(this::subscriptionIdentifier)
            : List.of());
  }

  Will will() {
    return new Will(
        topicName(),
        bytes(),
        qos(),
        random.nextBoolean(),
        version.hasProperties() ? uint32() : 0,
        publishProperties(false));
  }

  Connect.Properties connectProperties() {
    String method = nullable(string());
    return new Connect.Properties(
        uint32(),
        packetId(),
        maximumPacketSize(),
        uint16(),
        random.nextBoolean(),
        random.nextBoolean(),
        userProperties(),
        method,
        method == null ? null : nullable(bytes()));
  }

  ConnAck.Properties connAckProperties() {
    String method = nullable(string());
    return new ConnAck.Properties(
        nullable(uint32()),
        packetId(),
        qos(),
        random.nextBoolean(),
        maximumPacketSize(),
        nullable(string()),
        uint16(),
        nullable(string()),
        userProperties(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        nullable(uint16()),
        nullable(string()),
        nullable(string()),
        method,
        method == null ? null : nullable(bytes()));
  }

  private long maximumPacketSize() {
    return random.nextBoolean() ? Connect.Properties.UNLIMITED : Math.max(1, uint32());
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
