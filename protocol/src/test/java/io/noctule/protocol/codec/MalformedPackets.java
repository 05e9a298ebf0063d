package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_5;
import static io.noctule.protocol.packet.ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
import static io.noctule.protocol.packet.ReasonCode.MALFORMED_PACKET;
import static io.noctule.protocol.packet.ReasonCode.PROTOCOL_ERROR;
import static io.noctule.protocol.packet.ReasonCode.TOPIC_ALIAS_INVALID;
import static io.noctule.protocol.packet.ReasonCode.TOPIC_FILTER_INVALID;
import static io.noctule.protocol.packet.ReasonCode.TOPIC_NAME_INVALID;
import static io.noctule.protocol.packet.ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;

import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a rule of the standard forbids, one case a rule, with the reason code that answers
 * them.
 */
final class MalformedPackets {
  private MalformedPackets() {}

  /**
   * A case.
   *
   * @param rule what is broken, and the statement where there is one
   * @param version null where the server has not got a CONNECT yet
   */
  record Malformed(
      String rule,
      Side receiver,
      @Nullable MqttVersion version,
      ReasonCode reasonCode,
      String hex) {
    PacketDecoder decoder() {
      PacketDecoder decoder = new PacketDecoder(receiver, VariableByteInteger.MAXIMUM);
      if (version != null) {
        decoder.version(version);
      }
      return decoder;
    }

    @Override
    public String toString() {
      return rule + (version == null ? "" : ", " + version) + " to " + receiver;
    }
  }

  static List<Malformed> all() {
    return Stream.of(
            fixedHeader(),
            flags(),
            direction(),
            fields(),
            connect(),
            connAck(),
            publish(),
            acknowledgements(),
            subscribe(),
            answers(),
            disconnectAndAuth(),
            MalformedProperties.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Malformed> fixedHeader() {
    return List.of(
        server("packet type 0", MQTT_5, MALFORMED_PACKET, "00"),
        client("packet type 0", MQTT_3_1_1, MALFORMED_PACKET, "00"),
        server("packet type 15 before 5.0", MQTT_3_1_1, MALFORMED_PACKET, "F0"),
        server("remaining length of five bytes", MQTT_5, MALFORMED_PACKET, "30 FF FF FF FF 01"),
        server("remaining length not minimal [MQTT-1.5.5-1]", MQTT_5, MALFORMED_PACKET, "C0 80 00"),
        server("remaining length not minimal, 4 bytes", MQTT_5, MALFORMED_PACKET, "C0 80 80 80 00"),
        server("PINGREQ with a body", MQTT_5, MALFORMED_PACKET, "C0 01 00"),
        client("PINGRESP with a body", MQTT_3_1_1, MALFORMED_PACKET, "D0 01 00"));
  }

  /** [MQTT-2.1.3-1]: all that a first byte alone tells, before more has come. */
  private static List<Malformed> flags() {
    return List.of(
        new Malformed("CONNECT flags", Side.SERVER, null, MALFORMED_PACKET, "11"),
        client("CONNACK flags", MQTT_5, MALFORMED_PACKET, "21"),
        server("PUBLISH QoS 3 [MQTT-3.3.1-4]", MQTT_5, MALFORMED_PACKET, "36"),
        server("PUBLISH DUP at QoS 0 [MQTT-3.3.1-2]", MQTT_5, MALFORMED_PACKET, "38"),
        server("PUBACK flags", MQTT_5, MALFORMED_PACKET, "42"),
        server("PUBREC flags", MQTT_5, MALFORMED_PACKET, "52"),
        server("PUBREL flags [MQTT-3.6.1-1]", MQTT_5, MALFORMED_PACKET, "60"),
        server("PUBREL flags with DUP since 3.1.1", MQTT_3_1_1, MALFORMED_PACKET, "6A"),
        server("PUBCOMP flags", MQTT_5, MALFORMED_PACKET, "72"),
        server("SUBSCRIBE flags [MQTT-3.8.1-1]", MQTT_5, MALFORMED_PACKET, "80"),
        server("SUBSCRIBE flags at QoS 2", MQTT_3_1, MALFORMED_PACKET, "84"),
        client("SUBACK flags", MQTT_5, MALFORMED_PACKET, "92"),
        server("UNSUBSCRIBE flags [MQTT-3.10.1-1]", MQTT_5, MALFORMED_PACKET, "A0"),
        client("UNSUBACK flags", MQTT_5, MALFORMED_PACKET, "B2"),
        server("PINGREQ flags", MQTT_5, MALFORMED_PACKET, "C1"),
        client("PINGRESP flags", MQTT_5, MALFORMED_PACKET, "D8"),
        server("DISCONNECT flags [MQTT-3.14.1-1]", MQTT_5, MALFORMED_PACKET, "E1"),
        server("AUTH flags [MQTT-3.15.1-1]", MQTT_5, MALFORMED_PACKET, "F1"));
  }

  private static List<Malformed> direction() {
    return List.of(
        new Malformed(
            "PINGREQ before CONNECT [MQTT-3.1.0-1]", Side.SERVER, null, PROTOCOL_ERROR, "C0"),
        new Malformed(
            "PUBLISH before CONNECT [MQTT-3.1.0-1]", Side.SERVER, null, PROTOCOL_ERROR, "30"),
        server("second CONNECT [MQTT-3.1.0-2]", MQTT_5, PROTOCOL_ERROR, "10"),
        server("CONNACK to a server", MQTT_5, PROTOCOL_ERROR, "20"),
        server("SUBACK to a server", MQTT_5, PROTOCOL_ERROR, "90"),
        server("UNSUBACK to a server", MQTT_5, PROTOCOL_ERROR, "B0"),
        server("PINGRESP to a server", MQTT_5, PROTOCOL_ERROR, "D0"),
        client("CONNECT to a client", MQTT_5, PROTOCOL_ERROR, "10"),
        client("SUBSCRIBE to a client", MQTT_5, PROTOCOL_ERROR, "82"),
        client("UNSUBSCRIBE to a client", MQTT_5, PROTOCOL_ERROR, "A2"),
        client("PINGREQ to a client", MQTT_5, PROTOCOL_ERROR, "C0"),
        client("DISCONNECT to a client before 5.0", MQTT_3_1_1, PROTOCOL_ERROR, "E0"));
  }

  /** Rules on strings, binary data and lengths, shown on one packet each. */
  private static List<Malformed> fields() {
    return List.of(
        server("string longer than the packet", MQTT_3_1_1, MALFORMED_PACKET, "30 03 00 02 'a'"),
        server("string without its length", MQTT_3_1_1, MALFORMED_PACKET, "30 01 00"),
        server("string of nothing at all", MQTT_3_1_1, MALFORMED_PACKET, "30 00"),
        server("U+0000 [MQTT-1.5.4-2]", MQTT_5, MALFORMED_PACKET, "30 05 00 02 'a' 00 00"),
        server("surrogate [MQTT-1.5.4-1]", MQTT_5, MALFORMED_PACKET, "30 06 00 03 EDA080 00"),
        server("overlong, 2 bytes", MQTT_5, MALFORMED_PACKET, "30 05 00 02 C080 00"),
        server("overlong, 3 bytes", MQTT_5, MALFORMED_PACKET, "30 06 00 03 E08080 00"),
        server("overlong, 4 bytes", MQTT_5, MALFORMED_PACKET, "30 07 00 04 F0808080 00"),
        server("above U+10FFFF", MQTT_5, MALFORMED_PACKET, "30 07 00 04 F4908080 00"),
        server("lone continuation byte", MQTT_5, MALFORMED_PACKET, "30 04 00 01 80 00"),
        server("cut sequence", MQTT_5, MALFORMED_PACKET, "30 05 00 02 E282 00"),
        server(
            "bad byte in a long string",
            MQTT_3_1_1,
            MALFORMED_PACKET,
            "30 12 00 10 '0123456789abcde' FF"),
        server(
            "U+0000 in a long string",
            MQTT_3_1_1,
            MALFORMED_PACKET,
            "30 0B 00 09 '01234' 00 '678'"),
        server("packet id cut", MQTT_3_1_1, MALFORMED_PACKET, "32 04 00 01 'a' 00"),
        server("packet id 0 [MQTT-2.2.1-3]", MQTT_5, PROTOCOL_ERROR, "32 06 00 01 'a' 00 00 00"),
        client("packet id 0 [MQTT-2.2.1-4]", MQTT_3_1_1, PROTOCOL_ERROR, "32 05 00 01 'a' 00 00"));
  }

  private static List<Malformed> connect() {
    return List.of(
        connect("empty", MALFORMED_PACKET, "10 00"),
        connect("protocol name unknown [MQTT-3.1.2-1]", MALFORMED_PACKET, "10 06 00 04 'HTTP'"),
        connect("protocol name in another case", MALFORMED_PACKET, "10 07 00 04 'mqtt' 04"),
        connect("protocol level missing", MALFORMED_PACKET, "10 06 00 04 'MQTT'"),
        connect("level 3 of MQTT", UNSUPPORTED_PROTOCOL_VERSION, "10 07 00 04 'MQTT' 03"),
        connect("level 6 [MQTT-3.1.2-2]", UNSUPPORTED_PROTOCOL_VERSION, "10 07 00 04 'MQTT' 06"),
        connect("bridge bit, 0x84", UNSUPPORTED_PROTOCOL_VERSION, "10 07 00 04 'MQTT' 84"),
        connect("bridge bit, 0x83", UNSUPPORTED_PROTOCOL_VERSION, "10 09 00 06 'MQIsdp' 83"),
        connect("level 4 of MQIsdp", UNSUPPORTED_PROTOCOL_VERSION, "10 09 00 06 'MQIsdp' 04"),
        connect(
            "reserved flag [MQTT-3.1.2-3]",
            MALFORMED_PACKET,
            "10 0D 00 04 'MQTT' 04 03 0000 0001 'c'"),
        connect(
            "will QoS 3 [MQTT-3.1.2-12]",
            MALFORMED_PACKET,
            "10 13 00 04 'MQTT' 04 1E 0000 0001 'c' 0001 'w' 0001 'p'"),
        connect(
            "will QoS without will [MQTT-3.1.2-11]",
            MALFORMED_PACKET,
            "10 0D 00 04 'MQTT' 04 0A 0000 0001 'c'"),
        connect(
            "will retain without will [MQTT-3.1.2-13]",
            MALFORMED_PACKET,
            "10 0D 00 04 'MQTT' 04 22 0000 0001 'c'"),
        connect(
            "password without user name, 3.1.1 [MQTT-3.1.2-22]",
            MALFORMED_PACKET,
            "10 10 00 04 'MQTT' 04 42 0000 0001 'c' 0001 'p'"),
        connect(
            "user name missing [MQTT-3.1.2-17]",
            MALFORMED_PACKET,
            "10 0D 00 04 'MQTT' 04 82 0000 0001 'c'"),
        connect(
            "password missing [MQTT-3.1.2-19]",
            MALFORMED_PACKET,
            "10 10 00 04 'MQTT' 04 C2 0000 0001 'c' 0001 'u'"),
        connect(
            "user name though not flagged [MQTT-3.1.2-16]",
            MALFORMED_PACKET,
            "10 10 00 04 'MQTT' 04 02 0000 0001 'c' 0001 'u'"),
        connect(
            "empty client id, 3.1",
            CLIENT_IDENTIFIER_NOT_VALID,
            "10 0E 00 06 'MQIsdp' 03 02 0000 0000"),
        connect(
            "empty client id without clean session, 3.1.1 [MQTT-3.1.3-8]",
            CLIENT_IDENTIFIER_NOT_VALID,
            "10 0C 00 04 'MQTT' 04 00 0000 0000"),
        connect(
            "client id missing [MQTT-3.1.3-3]", MALFORMED_PACKET, "10 0A 00 04 'MQTT' 04 02 0000"),
        connect("properties missing", MALFORMED_PACKET, "10 0A 00 04 'MQTT' 05 02 0000"),
        connect(
            "will missing [MQTT-3.1.2-9]",
            MALFORMED_PACKET,
            "10 0D 00 04 'MQTT' 04 06 0000 0001 'c'"),
        connect(
            "will topic with a wildcard",
            TOPIC_NAME_INVALID,
            "10 13 00 04 'MQTT' 04 06 0000 0001 'c' 0001 '#' 0001 'p'"),
        connect(
            "will topic empty [MQTT-4.7.3-1]",
            TOPIC_NAME_INVALID,
            "10 12 00 04 'MQTT' 04 06 0000 0001 'c' 0000 0001 'p'"),
        connect(
            "will topic with U+0000 [MQTT-3.1.3-11]",
            MALFORMED_PACKET,
            "10 13 00 04 'MQTT' 04 06 0000 0001 'c' 0001 00 0001 'p'"));
  }

  private static List<Malformed> connAck() {
    return List.of(
        client(
            "CONNACK reserved flags [MQTT-3.2.2-1]", MQTT_3_1_1, MALFORMED_PACKET, "20 02 02 00"),
        client("CONNACK reserved flags [MQTT-3.2.2-1]", MQTT_5, MALFORMED_PACKET, "20 03 80 00 00"),
        client("CONNACK return code 6", MQTT_3_1_1, MALFORMED_PACKET, "20 02 00 06"),
        client("CONNACK too short", MQTT_3_1_1, MALFORMED_PACKET, "20 01 00"),
        client("CONNACK too long", MQTT_3_1_1, MALFORMED_PACKET, "20 03 00 00 00"),
        client("CONNACK without properties", MQTT_5, MALFORMED_PACKET, "20 02 00 00"),
        client("CONNACK code unknown", MQTT_5, MALFORMED_PACKET, "20 03 00 03 00"),
        client("CONNACK code of another packet", MQTT_5, PROTOCOL_ERROR, "20 03 00 8E 00"),
        client("session with refusal [MQTT-3.2.2-6]", MQTT_5, PROTOCOL_ERROR, "20 03 01 87 00"),
        client(
            "session with refusal, 3.1.1 [MQTT-3.2.2-4]",
            MQTT_3_1_1,
            PROTOCOL_ERROR,
            "20 02 01 05"));
  }

  private static List<Malformed> publish() {
    return List.of(
        server("PUBLISH + [MQTT-3.3.2-2]", MQTT_5, TOPIC_NAME_INVALID, "30 06 00 03 'a/+' 00"),
        server("PUBLISH # [MQTT-3.3.2-2]", MQTT_3_1_1, TOPIC_NAME_INVALID, "30 03 00 01 '#'"),
        server("PUBLISH no topic [MQTT-4.7.3-1]", MQTT_3_1_1, TOPIC_NAME_INVALID, "30 02 00 00"),
        server("PUBLISH neither topic nor alias", MQTT_5, PROTOCOL_ERROR, "30 03 00 00 00"),
        server("PUBLISH without properties", MQTT_5, MALFORMED_PACKET, "30 03 00 01 'a'"),
        server(
            "topic alias 0 [MQTT-3.3.2-8]",
            MQTT_5,
            TOPIC_ALIAS_INVALID,
            "30 07 00 01 'a' 03 23 00 00"));
  }

  private static List<Malformed> acknowledgements() {
    return List.of(
        server("PUBACK packet id missing", MQTT_3_1_1, MALFORMED_PACKET, "40 00"),
        server("PUBACK packet id cut", MQTT_5, MALFORMED_PACKET, "40 01 00"),
        server("PUBACK packet id 0", MQTT_3_1_1, PROTOCOL_ERROR, "40 02 00 00"),
        server("PUBACK longer than before 5.0", MQTT_3_1_1, MALFORMED_PACKET, "40 03 00 01 00"),
        server("PUBACK code unknown", MQTT_5, MALFORMED_PACKET, "40 03 00 01 FF"),
        server("PUBACK code [MQTT-3.4.2-1]", MQTT_5, PROTOCOL_ERROR, "40 03 00 01 92"),
        server("PUBREC code [MQTT-3.5.2-1]", MQTT_5, PROTOCOL_ERROR, "50 03 00 01 01"),
        server("PUBREL code [MQTT-3.6.2-1]", MQTT_5, PROTOCOL_ERROR, "62 03 00 01 10"),
        server("PUBCOMP code [MQTT-3.7.2-1]", MQTT_5, PROTOCOL_ERROR, "70 03 00 01 80"),
        server("PUBACK trailing byte", MQTT_5, MALFORMED_PACKET, "40 05 00 01 00 00 00"));
  }

  private static List<Malformed> subscribe() {
    return List.of(
        server("SUBSCRIBE empty [MQTT-3.8.3-2]", MQTT_5, PROTOCOL_ERROR, "82 03 00 01 00"),
        server("SUBSCRIBE empty [MQTT-3.8.3-3]", MQTT_3_1_1, PROTOCOL_ERROR, "82 02 00 01"),
        server("SUBSCRIBE packet id 0", MQTT_3_1_1, PROTOCOL_ERROR, "82 06 00 00 00 01 'a' 00"),
        server("SUBSCRIBE no options", MQTT_3_1_1, MALFORMED_PACKET, "82 05 00 01 00 01 'a'"),
        server(
            "reserved options, 3.1.1 [MQTT-3-8.3-4]",
            MQTT_3_1_1,
            MALFORMED_PACKET,
            "82 06 00 01 00 01 'a' 04"),
        server(
            "requested QoS 3, 3.1.1 [MQTT-3-8.3-4]",
            MQTT_3_1_1,
            MALFORMED_PACKET,
            "82 06 00 01 00 01 'a' 03"),
        server(
            "reserved options, bit 6 [MQTT-3.8.3-5]",
            MQTT_5,
            MALFORMED_PACKET,
            "82 07 00 01 00 00 01 'a' 40"),
        server(
            "reserved options, bit 7 [MQTT-3.8.3-5]",
            MQTT_5,
            MALFORMED_PACKET,
            "82 07 00 01 00 00 01 'a' 80"),
        server("maximum QoS 3", MQTT_5, PROTOCOL_ERROR, "82 07 00 01 00 00 01 'a' 03"),
        server("retain handling 3", MQTT_5, PROTOCOL_ERROR, "82 07 00 01 00 00 01 'a' 30"),
        server(
            "no local on a shared subscription [MQTT-3.8.3-4]",
            MQTT_5,
            PROTOCOL_ERROR,
            "82 10 00 01 00 00 0A '$share/g/a' 04"),
        server(
            "filter empty [MQTT-4.7.3-1]", MQTT_5, TOPIC_FILTER_INVALID, "82 06 00 01 00 00 00 00"),
        server(
            "# not last [MQTT-4.7.1-1]",
            MQTT_3_1_1,
            TOPIC_FILTER_INVALID,
            "82 08 00 01 00 03 '#/a' 00"),
        server(
            "+ not a whole level [MQTT-4.7.1-2]",
            MQTT_5,
            TOPIC_FILTER_INVALID,
            "82 08 00 01 00 00 02 'a+' 00"),
        server(
            "share without a name [MQTT-4.8.2-1]",
            MQTT_5,
            TOPIC_FILTER_INVALID,
            "82 0F 00 01 00 00 09 '$share//a' 00"),
        server(
            "share without a filter [MQTT-4.8.2-2]",
            MQTT_5,
            TOPIC_FILTER_INVALID,
            "82 0E 00 01 00 00 08 '$share/g' 00"),
        server("UNSUBSCRIBE empty [MQTT-3.10.3-2]", MQTT_5, PROTOCOL_ERROR, "A2 03 00 01 00"),
        server("UNSUBSCRIBE empty [MQTT-3.10.3-2]", MQTT_3_1_1, PROTOCOL_ERROR, "A2 02 00 01"),
        server("UNSUBSCRIBE packet id 0", MQTT_3_1_1, PROTOCOL_ERROR, "A2 05 00 00 00 01 'a'"),
        server("UNSUBSCRIBE filter", MQTT_3_1_1, TOPIC_FILTER_INVALID, "A2 06 00 01 00 02 'a#'"));
  }

  private static List<Malformed> answers() {
    return List.of(
        client("SUBACK empty", MQTT_3_1_1, PROTOCOL_ERROR, "90 02 00 01"),
        client("SUBACK empty", MQTT_5, PROTOCOL_ERROR, "90 03 00 01 00"),
        client("SUBACK return code of 5.0", MQTT_3_1_1, PROTOCOL_ERROR, "90 03 00 01 87"),
        client("SUBACK code unknown", MQTT_3_1_1, MALFORMED_PACKET, "90 03 00 01 03"),
        client("SUBACK code [MQTT-3.9.3-2]", MQTT_5, PROTOCOL_ERROR, "90 04 00 01 00 11"),
        client("UNSUBACK with a payload", MQTT_3_1_1, MALFORMED_PACKET, "B0 03 00 01 00"),
        client("UNSUBACK empty", MQTT_5, PROTOCOL_ERROR, "B0 03 00 01 00"),
        client("UNSUBACK code [MQTT-3.11.3-2]", MQTT_5, PROTOCOL_ERROR, "B0 04 00 01 00 01"));
  }

  private static List<Malformed> disconnectAndAuth() {
    return List.of(
        server("DISCONNECT with a body before 5.0", MQTT_3_1_1, MALFORMED_PACKET, "E0 01 00"),
        server("DISCONNECT code unknown", MQTT_5, MALFORMED_PACKET, "E0 01 05"),
        server("DISCONNECT code of a server [MQTT-3.14.2-1]", MQTT_5, PROTOCOL_ERROR, "E0 01 8E"),
        client("DISCONNECT code of a client [MQTT-3.14.2-1]", MQTT_5, PROTOCOL_ERROR, "E0 01 04"),
        server("DISCONNECT trailing byte", MQTT_5, MALFORMED_PACKET, "E0 03 00 00 00"),
        client(
            "session expiry from a server [MQTT-3.14.2-2]",
            MQTT_5,
            PROTOCOL_ERROR,
            "E0 07 00 05 11 00000001"),
        server("AUTH success from a client [MQTT-3.15.2-1]", MQTT_5, PROTOCOL_ERROR, "F0 00"),
        server("AUTH code of a server", MQTT_5, PROTOCOL_ERROR, "F0 06 00 04 15 0001 'm'"),
        client("AUTH code of a client", MQTT_5, PROTOCOL_ERROR, "F0 06 19 04 15 0001 'm'"),
        server("AUTH code unknown", MQTT_5, MALFORMED_PACKET, "F0 06 1A 04 15 0001 'm'"),
        server("AUTH without properties", MQTT_5, MALFORMED_PACKET, "F0 01 18"),
        server("AUTH without method", MQTT_5, PROTOCOL_ERROR, "F0 02 18 00"),
        client("AUTH data without method", MQTT_5, PROTOCOL_ERROR, "F0 06 00 04 16 0001 01"));
  }

  static Malformed server(String rule, MqttVersion version, ReasonCode code, String hex) {
    return new Malformed(rule, Side.SERVER, version, code, hex);
  }

  static Malformed client(String rule, MqttVersion version, ReasonCode code, String hex) {
    return new Malformed(rule, Side.CLIENT, version, code, hex);
  }

  private static Malformed connect(String rule, ReasonCode code, String hex) {
    return new Malformed("CONNECT " + rule, Side.SERVER, null, code, hex);
  }
}
