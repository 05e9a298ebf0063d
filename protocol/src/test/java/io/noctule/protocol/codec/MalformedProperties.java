package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.MqttVersion.MQTT_5;
import static io.noctule.protocol.packet.ReasonCode.MALFORMED_PACKET;
import static io.noctule.protocol.packet.ReasonCode.PROTOCOL_ERROR;

import io.noctule.protocol.codec.MalformedPackets.Malformed;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.ReasonCode;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Property blocks that MQTT 5.0, section 2.2.2 or the section of their packet forbids. */
final class MalformedProperties {
  /** A packet around a property block. */
  private record Frame(String name, Side receiver, String before, String after) {
    Malformed with(String rule, ReasonCode code, String properties) {
      byte[] block = AnnotatedHex.parse(properties);
      int body =
          AnnotatedHex.parse(before).length
              - 1
              + 1
              + block.length
              + AnnotatedHex.parse(after).length;
      String hex =
          before.substring(0, 2)
              + " %02X ".formatted(body)
              + before.substring(2)
              + " %02X ".formatted(block.length)
              + properties
              + " "
              + after;
      boolean isConnect = before.startsWith("10");
      return new Malformed(name + ": " + rule, receiver, isConnect ? null : MQTT_5, code, hex);
    }
  }

  private static final Frame CONNECT =
      new Frame("CONNECT", Side.SERVER, "10 00 04 'MQTT' 05 02 0000", "00 01 'c'");
  private static final Frame WILL =
      new Frame("will", Side.SERVER, "10 00 04 'MQTT' 05 06 0000 00 00 01 'c'", "00 01 'w' 00 00");
  private static final Frame CONNACK = new Frame("CONNACK", Side.CLIENT, "20 00 00", "");
  private static final Frame PUBLISH = new Frame("PUBLISH", Side.SERVER, "30 00 01 'a'", "");
  private static final Frame PUBLISH_TO_CLIENT =
      new Frame("PUBLISH", Side.CLIENT, "30 00 01 'a'", "");
  private static final Frame PUBACK = new Frame("PUBACK", Side.SERVER, "40 00 01 00", "");
  private static final Frame SUBSCRIBE =
      new Frame("SUBSCRIBE", Side.SERVER, "82 00 01", "00 01 'a' 00");
  private static final Frame SUBACK = new Frame("SUBACK", Side.CLIENT, "90 00 01", "00");
  private static final Frame UNSUBSCRIBE =
      new Frame("UNSUBSCRIBE", Side.SERVER, "A2 00 01", "00 01 'a'");
  private static final Frame DISCONNECT = new Frame("DISCONNECT", Side.SERVER, "E0 00", "");
  private static final Frame AUTH = new Frame("AUTH", Side.SERVER, "F0 18", "");

  private MalformedProperties() {}

  static List<Malformed> all() {
    return Stream.of(block(), values(), duplicates(), inWrongPackets())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Malformed> block() {
    return List.of(
        MalformedPackets.server(
            "property length beyond the packet", MQTT_5, MALFORMED_PACKET, "30 05 00 01 'a' 02 01"),
        MalformedPackets.server(
            "property length not minimal", MQTT_5, MALFORMED_PACKET, "30 05 00 01 'a' 80 00"),
        MalformedPackets.server(
            "property length cut", MQTT_5, MALFORMED_PACKET, "30 04 00 01 'a' 80"),
        PUBLISH.with("identifier 0", MALFORMED_PACKET, "00 00"),
        PUBLISH.with("identifier 43", MALFORMED_PACKET, "2B 00"),
        PUBLISH.with("identifier of two bytes", MALFORMED_PACKET, "81 01 00"),
        PUBLISH.with("identifier not minimal", MALFORMED_PACKET, "81 00 00"),
        PUBLISH.with("value missing", MALFORMED_PACKET, "01"),
        PUBLISH.with("value cut", MALFORMED_PACKET, "02 00 00 00"),
        PUBLISH.with("string beyond the block", MALFORMED_PACKET, "03 00 02 'a'"),
        PUBLISH.with("value of user property missing", MALFORMED_PACKET, "26 00 01 'a'"),
        PUBLISH.with("user property not UTF-8 [MQTT-1.5.7-1]", MALFORMED_PACKET, "26 0001 FF 0000"),
        PUBLISH.with("binary data beyond the block", MALFORMED_PACKET, "09 00 05 01"));
  }

  private static List<Malformed> values() {
    return List.of(
        CONNECT.with("receive maximum 0", PROTOCOL_ERROR, "21 00 00"),
        CONNECT.with("maximum packet size 0", PROTOCOL_ERROR, "27 00000000"),
        CONNECT.with("request response information 2", PROTOCOL_ERROR, "19 02"),
        CONNECT.with("request problem information 2", PROTOCOL_ERROR, "17 02"),
        CONNECT.with("authentication data alone", PROTOCOL_ERROR, "16 0001 00"),
        WILL.with("payload format 2", PROTOCOL_ERROR, "01 02"),
        WILL.with("response topic with a wildcard", PROTOCOL_ERROR, "08 0001 '#'"),
        CONNACK.with("receive maximum 0", PROTOCOL_ERROR, "21 00 00"),
        CONNACK.with("maximum packet size 0", PROTOCOL_ERROR, "27 00000000"),
        CONNACK.with("maximum QoS 2", PROTOCOL_ERROR, "24 02"),
        CONNACK.with("retain available 2", PROTOCOL_ERROR, "25 02"),
        CONNACK.with("wildcard subscription available 2", PROTOCOL_ERROR, "28 02"),
        CONNACK.with("subscription identifiers available 2", PROTOCOL_ERROR, "29 02"),
        CONNACK.with("shared subscription available 2", PROTOCOL_ERROR, "2A 02"),
        CONNACK.with("authentication data alone", PROTOCOL_ERROR, "16 0001 00"),
        PUBLISH.with("payload format 2", PROTOCOL_ERROR, "01 02"),
        PUBLISH.with("response topic with + [MQTT-3.3.2-14]", PROTOCOL_ERROR, "08 0003 'a/+'"),
        PUBLISH.with("response topic with # [MQTT-3.3.2-14]", PROTOCOL_ERROR, "08 0001 '#'"),
        PUBLISH.with("response topic empty", PROTOCOL_ERROR, "08 0000"),
        PUBLISH.with("subscription identifier [MQTT-3.3.4-6]", PROTOCOL_ERROR, "0B 01"),
        PUBLISH_TO_CLIENT.with("subscription identifier 0", PROTOCOL_ERROR, "0B 00"),
        PUBLISH_TO_CLIENT.with("subscription identifier cut", MALFORMED_PACKET, "0B 80"),
        PUBLISH_TO_CLIENT.with(
            "subscription identifier of five bytes", MALFORMED_PACKET, "0B FF FF FF FF 01"),
        SUBSCRIBE.with("subscription identifier 0", PROTOCOL_ERROR, "0B 00"));
  }

  private static List<Malformed> duplicates() {
    return Stream.of(
            duplicates(
                CONNECT,
                "11 00000001",
                "21 0001",
                "27 00000001",
                "22 0001",
                "19 01",
                "17 01",
                "15 0001 'm'",
                "16 0001 00"),
            duplicates(
                WILL,
                "18 00000001",
                "01 00",
                "02 00000001",
                "03 0000",
                "08 0001 'r'",
                "09 0001 00"),
            duplicates(
                CONNACK,
                "11 00000001",
                "21 0001",
                "24 01",
                "25 01",
                "27 00000001",
                "12 0001 'i'",
                "22 0001",
                "1F 0000",
                "28 01",
                "29 01",
                "2A 01",
                "13 0001",
                "1A 0000",
                "1C 0000",
                "15 0001 'm'",
                "16 0001 00"),
            duplicates(
                PUBLISH, "01 00", "02 00000001", "23 0001", "08 0001 'r'", "09 0001 00", "03 0000"),
            duplicates(PUBACK, "1F 0000"),
            duplicates(SUBSCRIBE, "0B 01"),
            duplicates(SUBACK, "1F 0000"),
            duplicates(DISCONNECT, "11 00000001", "1F 0000", "1C 0000"),
            duplicates(AUTH, "15 0001 'm'", "16 0001 00", "1F 0000"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Malformed> duplicates(Frame frame, String... properties) {
    return Stream.of(properties)
        .map(property -> frame.with("twice " + property, PROTOCOL_ERROR, property + " " + property))
        .toList();
  }

  /** Each property in each packet that table 2-4 does not name it for. */
  private static List<Malformed> inWrongPackets() {
    return Stream.of(
            inWrongPacket(CONNECT, 17, 21, 22, 23, 25, 33, 34, 38, 39),
            inWrongPacket(WILL, 1, 2, 3, 8, 9, 24, 38),
            inWrongPacket(
                CONNACK, 17, 18, 19, 21, 22, 26, 28, 31, 33, 34, 36, 37, 38, 39, 40, 41, 42),
            inWrongPacket(PUBLISH, 1, 2, 3, 8, 9, 11, 35, 38),
            inWrongPacket(PUBACK, 31, 38),
            inWrongPacket(SUBSCRIBE, 11, 38),
            inWrongPacket(SUBACK, 31, 38),
            inWrongPacket(UNSUBSCRIBE, 38),
            inWrongPacket(DISCONNECT, 17, 28, 31, 38),
            inWrongPacket(AUTH, 21, 22, 31, 38))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Malformed> inWrongPacket(Frame frame, int... allowed) {
    Set<Property> wrong = EnumSet.allOf(Property.class);
    for (int identifier : allowed) {
      wrong.remove(Property.of(identifier));
    }
    return wrong.stream()
        .map(
            property ->
                frame.with(
                    "not its property " + property,
                    MALFORMED_PACKET,
                    HexFormat.of().toHexDigits((byte) property.identifier()) + " 00000001"))
        .toList();
  }
}
