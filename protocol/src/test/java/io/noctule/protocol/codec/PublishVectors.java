package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_5;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBLISH and its acknowledgements. */
final class PublishVectors {
  private static final ReasonProperties REASON =
      new ReasonProperties("why", List.of(new UserProperty("k", "v")));

  private PublishVectors() {}

  static List<Vector> all() {
    return List.of(
        Vector.toServer(
            "PUBLISH, QoS 0",
            MQTT_3_1_1,
            publish("a/b", 0, QoS.AT_MOST_ONCE, 0, PublishProperties.NONE, "hi"),
            """
            30 07
            00 03 'a/b'  ; topic name
            'hi'         ; payload
            """),
        Vector.toServer(
            "PUBLISH, QoS 2, RETAIN and DUP, no payload",
            MQTT_3_1,
            new Publish(
                TopicName.of("a"),
                Publish.NO_ALIAS,
                QoS.EXACTLY_ONCE,
                true,
                true,
                65535,
                PublishProperties.NONE,
                Unpooled.EMPTY_BUFFER),
            """
            3D 05
            00 01 'a'
            FF FF        ; packet id
            """),
        Vector.toClient(
            "PUBLISH, topic of three alphabets",
            MQTT_3_1_1,
            publish("é/中/😀", 0, QoS.AT_MOST_ONCE, 0, PublishProperties.NONE, ""),
            """
            30 0D
            00 0B C3A9 '/' E4B8AD '/' F09F9880
            """),
        Vector.toServer(
            "PUBLISH, remaining length of two bytes",
            MQTT_3_1_1,
            publish("a", 0, QoS.AT_LEAST_ONCE, 258, PublishProperties.NONE, "x".repeat(123)),
            "32 80 01  00 01 'a'  01 02  '" + "x".repeat(123) + "'"),
        Vector.toServer(
            "PUBLISH, QoS 1, no properties",
            MQTT_5,
            publish("a", 0, QoS.AT_LEAST_ONCE, 10, PublishProperties.NONE, "hi"),
            """
            32 08
            00 01 'a'
            00 0A
            00           ; property length
            'hi'
            """),
        Vector.toServer(
            "PUBLISH, topic by alias alone",
            MQTT_5,
            publish(null, 258, QoS.AT_MOST_ONCE, 0, PublishProperties.NONE, "hi"),
            """
            30 08
            00 00        ; no topic name
            03
            23 01 02     ; topic alias, 258
            'hi'
            """),
        Vector.toServer(
            "PUBLISH, all that a client may send",
            MQTT_5,
            publish(
                "a",
                1,
                QoS.AT_LEAST_ONCE,
                10,
                new PublishProperties(
                    PayloadFormat.UTF_8,
                    0,
                    "r/s",
                    new byte[] {1, 2, 3},
                    "text",
                    List.of(new UserProperty("k", "v"), new UserProperty("", "")),
                    List.of()),
                "hi"),
            """
            32 31
            00 01 'a'
            00 0A
            29                      ; property length, 41
            23 00 01                ; topic alias, 1
            01 01                   ; payload format indicator: UTF-8
            02 00 00 00 00          ; message expiry interval, 0 s
            08 00 03 'r/s'          ; response topic
            09 00 03 010203         ; correlation data
            03 00 04 'text'         ; content type
            26 00 01 'k' 00 01 'v'  ; user property
            26 00 00 00 00          ; user property, empty
            'hi'
            """),
        Vector.toClient(
            "PUBLISH, what only a server may send",
            MQTT_5,
            publish(
                "a",
                0,
                QoS.AT_MOST_ONCE,
                0,
                new PublishProperties(
                    PayloadFormat.BYTES,
                    0xFFFF_FFFFL,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(1, 268_435_455)),
                ""),
            """
            30 12
            00 01 'a'
            0E
            01 00             ; payload format indicator: unspecified bytes
            02 FF FF FF FF    ; message expiry interval
            0B 01             ; subscription identifier, 1
            0B FF FF FF 7F    ; subscription identifier, 268435455
            """),
        Vector.toServer("PUBACK", MQTT_3_1_1, PubAck.of(1), "40 02 00 01"),
        Vector.toServer("PUBREC", MQTT_3_1_1, PubRec.of(256), "50 02 01 00"),
        Vector.toServer("PUBREL", MQTT_3_1_1, PubRel.of(2), "62 02 00 02"),
        Vector.toServer("PUBREL, repeated", MQTT_3_1, PubRel.of(2), "6A 02 00 02").decodeOnly(),
        Vector.toServer("PUBCOMP", MQTT_3_1_1, PubComp.of(65535), "70 02 FF FF"),
        Vector.toServer("PUBACK, short form", MQTT_5, PubAck.of(1), "40 02 00 01"),
        Vector.toServer("PUBREC, short form", MQTT_5, PubRec.of(1), "50 02 00 01"),
        Vector.toServer("PUBREL, short form", MQTT_5, PubRel.of(1), "62 02 00 01"),
        Vector.toServer("PUBCOMP, short form", MQTT_5, PubComp.of(1), "70 02 00 01"),
        Vector.toServer("PUBACK, success said", MQTT_5, PubAck.of(1), "40 03 00 01 00")
            .decodeOnly(),
        Vector.toServer("PUBACK, nothing left out", MQTT_5, PubAck.of(1), "40 04 00 01 00 00")
            .decodeOnly(),
        Vector.toClient(
            "PUBACK with code",
            MQTT_5,
            PubAck.of(1, ReasonCode.NO_MATCHING_SUBSCRIBERS),
            "40 03 00 01 10"),
        Vector.toClient(
            "PUBREC with code", MQTT_5, PubRec.of(1, ReasonCode.QUOTA_EXCEEDED), "50 03 00 01 97"),
        Vector.toClient(
            "PUBREL with code",
            MQTT_5,
            PubRel.of(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND),
            "62 03 00 01 92"),
        Vector.toClient(
            "PUBCOMP with code",
            MQTT_5,
            PubComp.of(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND),
            "70 03 00 01 92"),
        Vector.toClient(
            "PUBACK with properties",
            MQTT_5,
            new PubAck(1, ReasonCode.NOT_AUTHORIZED, REASON),
            """
            40 11
            00 01
            87
            0D
            1F 00 03 'why'          ; reason string
            26 00 01 'k' 00 01 'v'  ; user property
            """),
        Vector.toClient(
            "PUBREC with properties, success",
            MQTT_5,
            new PubRec(1, ReasonCode.SUCCESS, REASON),
            "50 11  00 01  00  0D  1F 00 03 'why'  26 00 01 'k' 00 01 'v'"),
        Vector.toServer(
            "PUBREL with properties",
            MQTT_5,
            new PubRel(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, REASON),
            "62 11  00 01  92  0D  1F 00 03 'why'  26 00 01 'k' 00 01 'v'"),
        Vector.toClient(
            "PUBCOMP with properties",
            MQTT_5,
            new PubComp(1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, ReasonProperties.because("y")),
            "70 08  00 01  92  04  1F 00 01 'y'"));
  }

  private static Publish publish(
      @Nullable String topic,
      int alias,
      QoS qos,
      int packetId,
      PublishProperties properties,
      String payload) {
    return new Publish(
        topic == null ? null : TopicName.of(topic),
        alias,
        qos,
        false,
        false,
        packetId,
        properties,
        Unpooled.wrappedBuffer(payload.getBytes(UTF_8)));
  }
}
