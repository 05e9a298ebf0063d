package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packets that the standard forbids, byte by byte: each closes the connection that it came on, with
 * the reason where there are words for it, and no other one.
 */
class MalformedPacketTest extends BrokerConversation {
  private Peer bystander;

  @BeforeEach
  void connectBystander() {
    bystander = connect(Version.V5, "bystander");
    bystander.subscribe(topic("#"), 1);
  }

  @AfterEach
  void theBystanderHasNoticedNothing() {
    Peer publisher = connect(Version.V5, "publisher");
    publisher.publish(Publish.of(topic("a"), "all is well").qos(1, 1));
    assertThat(bystander.receive().payload()).isEqualTo("all is well");
  }

  @ParameterizedTest(name = "{0}")
  @Normative({"MQTT-4.8.0-1", "MQTT-2.1.3-1"})
  @CsvSource(
      textBlock =
          """
          a packet type of 0,                        00 00
          a packet type of 15,                       f0 00
          a remaining length of five bytes,          30 ff ff ff ff 01
          PUBLISH with QoS 3,                        36 05 0001 61 0001
          PUBLISH with DUP at QoS 0,                 38 03 0001 61
          PUBLISH without topic,                     30 00
          PUBLISH whose topic is longer than it,     30 03 0005 61
          PUBLISH with an empty topic,               30 02 0000
          PUBLISH to a wildcard,                     30 03 0001 23
          PUBLISH to another wildcard,               30 05 0003 61 2f 2b
          PUBLISH with packet id 0,                  32 05 0001 61 0000
          PUBLISH without packet id,                 32 03 0001 61
          PUBLISH with a broken UTF-8 topic,         30 04 0002 c3 28
          PUBLISH with an overlong UTF-8 topic,      30 04 0002 c0 af
          PUBLISH with a surrogate in its topic,     30 05 0003 ed a0 80
          PUBLISH with NUL in its topic,             30 05 0003 61 00 62
          PUBACK with flags,                         41 02 0001
          PUBACK that is too short,                  40 01 00
          PUBACK that is too long,                   40 03 0001 00
          PUBREC with flags,                         52 02 0001
          PUBREL without its flags,                  60 02 0001
          PUBCOMP with flags,                        71 02 0001
          SUBSCRIBE without its flags,               80 06 0001 0001 61 00
          SUBSCRIBE without filter,                  82 02 0001
          SUBSCRIBE with packet id 0,                82 06 0000 0001 61 00
          SUBSCRIBE without QoS,                     82 05 0001 0001 61
          SUBSCRIBE with QoS 3,                      82 06 0001 0001 61 03
          SUBSCRIBE with a reserved bit,             82 06 0001 0001 61 04
          UNSUBSCRIBE without its flags,             a0 05 0001 0001 61
          UNSUBSCRIBE without filter,                a2 02 0001
          UNSUBSCRIBE with packet id 0,              a2 05 0000 0001 61
          PINGREQ with flags,                        c1 00
          PINGREQ with a body,                       c0 01 00
          DISCONNECT with flags,                     e1 00
          DISCONNECT with a body,                    e0 01 00
          CONNACK from a client,                     20 02 00 00
          SUBACK from a client,                      90 03 0001 00
          UNSUBACK from a client,                    b0 02 0001
          PINGRESP from a client,                    d0 00
          """)
  void inMqtt311(String what, String hex) {
    Peer peer = connect(Version.V3_1_1, "peer");

    peer.network().sendIfOpen(Bytes.hex(hex));

    peer.network().expectClosed();
  }

  /** Where the standard leaves open which of two codes it is, both stand here. */
  @ParameterizedTest(name = "{0}")
  @Normative({"MQTT-4.13.1-1", "MQTT-2.1.3-1", "MQTT-1.5.4-1", "MQTT-1.5.4-2"})
  @CsvSource(
      textBlock =
          """
          a packet type of 0,                        00 00,                               81
          a remaining length of five bytes,          30 ff ff ff ff 01,                   81
          PUBLISH with QoS 3,                        36 06 0001 61 0001 00,               81
          PUBLISH with DUP at QoS 0,                 38 04 0001 61 00,                    81 82
          PUBLISH without topic,                     30 00,                               81
          PUBLISH whose topic is longer than it,     30 04 0005 61 00,                    81
          PUBLISH to a wildcard,                     30 04 0001 23 00,                    81 82 90
          PUBLISH with packet id 0,                  32 06 0001 61 0000 00,               81 82
          PUBLISH without packet id,                 32 03 0001 61,                       81
          PUBLISH with a broken UTF-8 topic,         30 05 0002 c3 28 00,                 81
          PUBLISH with a surrogate in its topic,     30 06 0003 ed a0 80 00,              81
          PUBLISH with NUL in its topic,             30 06 0003 61 00 62 00,              81
          PUBLISH with properties beyond its end,    30 05 0001 61 05 01,                 81
          PUBLISH with a payload format of 2,        30 06 0001 61 02 01 02,              81 82
          PUBLISH with a broken user property,       30 0a 0001 61 06 26 0001 78 00 05,   81
          PUBLISH with an unknown property,          30 06 0001 61 02 7f 00,              81
          PUBLISH with CONNECT's property,           30 09 0001 61 05 11 00000001,        81 82
          PUBLISH with one property twice,           30 08 0001 61 04 01 00 01 00,        82
          PUBLISH with a wild response topic,        30 08 0001 61 04 08 0001 23,         81 82 90
          PUBACK with flags,                         41 02 0001,                          81
          PUBACK that is too short,                  40 01 00,                            81
          PUBACK with packet id 0,                   40 02 0000,                          81 82
          PUBACK with an unknown reason,             40 03 0001 01,                       81 82
          PUBACK with bytes behind its end,          40 05 0001 00 00 00,                 81
          PUBREL without its flags,                  60 02 0001,                          81
          SUBSCRIBE without its flags,               80 07 0001 00 0001 61 00,            81
          SUBSCRIBE without filter,                  82 03 0001 00,                       82
          SUBSCRIBE with packet id 0,                82 07 0000 00 0001 61 00,            81 82
          SUBSCRIBE without options,                 82 06 0001 00 0001 61,               81
          SUBSCRIBE with QoS 3,                      82 07 0001 00 0001 61 03,            81 82
          SUBSCRIBE with a retain handling of 3,     82 07 0001 00 0001 61 30,            81 82
          SUBSCRIBE with a reserved bit,             82 07 0001 00 0001 61 40,            81 82
          SUBSCRIBE with two identifiers,            82 0b 0001 04 0b 01 0b 02 0001 61 00, 82
          UNSUBSCRIBE without its flags,             a0 06 0001 00 0001 61,               81
          UNSUBSCRIBE without filter,                a2 03 0001 00,                       82
          PINGREQ with flags,                        c1 00,                               81
          PINGREQ with a body,                       c0 01 00,                            81
          DISCONNECT with flags,                     e1 00,                               81
          DISCONNECT with an unknown reason,         e0 01 03,                            81 82
          DISCONNECT with a server's reason,         e0 01 8b,                            81 82
          AUTH with an unknown reason,               f0 02 01 00,                         81 82
          CONNACK from a client,                     20 03 00 00 00,                      82
          SUBACK from a client,                      90 04 0001 00 00,                    82
          UNSUBACK from a client,                    b0 04 0001 00 00,                    82
          PINGRESP from a client,                    d0 00,                               82
          """)
  void inMqtt5(String what, String hex, String reasonCodes) {
    Peer peer = connect(Version.V5, "peer");

    peer.network().sendIfOpen(Bytes.hex(hex));

    Packet answer = peer.network().next();
    assertThat(answer.type()).as("type of %s", answer).isEqualTo(Packet.DISCONNECT);
    assertThat(Stream.of(reasonCodes.split(" ")).map(code -> Integer.parseInt(code, 16)))
        .contains(answer.body()[0] & 0xFF);
    peer.network().expectClosed();
  }

  @ParameterizedTest(name = "{0}")
  @Normative({"MQTT-3.1.4-1", "MQTT-3.1.4-2"})
  @CsvSource(
      textBlock =
          """
          a reserved flag,                  10 0d 0004 4d515454 04 03 003c 0001 78
          a will QoS of 3,                  10 13 0004 4d515454 04 1e 003c 0001 78 0001 77 0001 79
          a will QoS without will,          10 0d 0004 4d515454 04 0a 003c 0001 78
          a will retain without will,       10 0d 0004 4d515454 04 22 003c 0001 78
          a will that is missing,           10 0d 0004 4d515454 04 06 003c 0001 78
          a will to a wildcard,             10 13 0004 4d515454 04 06 003c 0001 78 0001 23 0001 79
          a password without user name,     10 10 0004 4d515454 04 42 003c 0001 78 0001 70
          a user name that is missing,      10 0d 0004 4d515454 04 82 003c 0001 78
          no client identifier,             10 0a 0004 4d515454 04 02 003c
          a broken client identifier,       10 0e 0004 4d515454 04 02 003c 0002 c3 28
          NUL in the client identifier,     10 0d 0004 4d515454 04 02 003c 0001 00
          a client identifier beyond,       10 0d 0004 4d515454 04 02 003c 0009 78
          bytes behind its end,             10 0e 0004 4d515454 04 02 003c 0001 78 00
          flags in the first byte,          11 0d 0004 4d515454 04 02 003c 0001 78
          no content,                       10 00
          a protocol name beyond,           10 04 ffff 4d51
          v5: no properties,                10 0a 0004 4d515454 05 02 003c
          v5: properties beyond,            10 0e 0004 4d515454 05 02 003c 7f 0001 78
          v5: a receive maximum of 0,       10 11 0004 4d515454 05 02 003c 03 21 0000 0001 78
          v5: a packet size of 0,           10 13 0004 4d515454 05 02 003c 05 27 00000000 0001 78
          v5: one property twice,           10 14 0004 4d515454 05 02 003c 06 21 0001 21 0001 0001 78
          v5: PUBLISH's property,           10 10 0004 4d515454 05 02 003c 02 01 00 0001 78
          v5: data without method,          10 12 0004 4d515454 05 02 003c 04 16 0001 78 0001 78
          v5: request problem of 2,         10 10 0004 4d515454 05 02 003c 02 17 02 0001 78
          """)
  void inConnect(String what, String hex) {
    Peer peer = open(Version.V5);

    peer.network().sendIfOpen(Bytes.hex(hex));

    peer.network().expectRefusal();
  }

  @ParameterizedTest
  @Normative({"MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.7.3-1"})
  @CsvSource({"a/#/b", "a#", "#/a", "a+", "+a/b", "a/b+/c", "''"})
  void anInvalidTopicFilterIsRefusedOrClosesTheConnection(String filter) {
    Peer peer = connect(Version.V5, "peer");

    peer.network().send(peer.subscribePacket(filter, 0));

    Packet answer = peer.network().next();
    int code = answer.body()[answer.type() == Packet.SUBACK ? answer.body().length - 1 : 0] & 0xFF;
    assertThat(code).as("reason in %s", answer).isIn(0x81, 0x82, 0x8F);
  }
}
