package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_5;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicName;
import java.util.List;

/** CONNECT and CONNACK. */
final class ConnectVectors {
  private ConnectVectors() {}

  static List<Vector> all() {
    return List.of(
        Vector.toServer(
            "CONNECT, MQIsdp",
            MQTT_3_1,
            new Connect(MQTT_3_1, "c1", true, 60, null, null, null, Connect.Properties.DEFAULT),
            """
            10 10
            00 06 'MQIsdp' 03  ; protocol name and level
            02                 ; clean session
            00 3C              ; keep alive
            00 02 'c1'         ; client id
            """),
        Vector.toServer(
                "CONNECT, user name and password missing though flagged",
                MQTT_3_1,
                new Connect(MQTT_3_1, "c1", true, 60, null, null, null, Connect.Properties.DEFAULT),
                """
                10 10
                00 06 'MQIsdp' 03
                C2                 ; user name, password, clean session
                00 3C
                00 02 'c1'
                """)
            .decodeOnly(),
        Vector.toServer(
            "CONNECT, all that 3.1.1 has",
            MQTT_3_1_1,
            new Connect(
                MQTT_3_1_1,
                "c1",
                false,
                65535,
                new Will(
                    TopicName.of("w/t"),
                    "by".getBytes(UTF_8),
                    QoS.EXACTLY_ONCE,
                    true,
                    0,
                    PublishProperties.NONE),
                "u",
                new byte[] {0, 1},
                Connect.Properties.DEFAULT),
            """
            10 1E
            00 04 'MQTT' 04
            F4           ; user name, password, will retain, will QoS 2, will
            FF FF
            00 02 'c1'
            00 03 'w/t'  ; will topic
            00 02 'by'   ; will payload
            00 01 'u'    ; user name
            00 02 00 01  ; password
            """),
        Vector.toServer(
            "CONNECT, no client id",
            MQTT_3_1_1,
            new Connect(MQTT_3_1_1, "", true, 0, null, null, null, Connect.Properties.DEFAULT),
            """
            10 0C  00 04 'MQTT' 04  02  00 00  00 00
            """),
        Vector.toServer(
            "CONNECT, least",
            MQTT_5,
            new Connect(MQTT_5, "", false, 0, null, null, null, Connect.Properties.DEFAULT),
            """
            10 0D
            00 04 'MQTT' 05
            00
            00 00
            00           ; property length
            00 00        ; client id
            """),
        Vector.toServer(
            "CONNECT, password without user name",
            MQTT_5,
            new Connect(
                MQTT_5, "c", true, 0, null, null, new byte[] {7}, Connect.Properties.DEFAULT),
            """
            10 11  00 04 'MQTT' 05  42  00 00  00  00 01 'c'  00 01 07
            """),
        Vector.toServer(
            "CONNECT, all that 5.0 has",
            MQTT_5,
            new Connect(
                MQTT_5,
                "c1",
                true,
                60,
                new Will(
                    TopicName.of("w/t"),
                    "by".getBytes(UTF_8),
                    QoS.AT_LEAST_ONCE,
                    true,
                    30,
                    new PublishProperties(
                        PayloadFormat.UTF_8,
                        60,
                        "r",
                        new byte[] {9},
                        "json",
                        List.of(new UserProperty("a", "b")),
                        List.of())),
                "u",
                new byte[] {'p'},
                new Connect.Properties(
                    3600,
                    20,
                    65536,
                    10,
                    true,
                    false,
                    List.of(new UserProperty("k", "v"), new UserProperty("k", "w")),
                    "SCRAM",
                    new byte[] {1, 2})),
            """
            10 70
            00 04 'MQTT' 05
            EE                       ; user name, password, will retain, will QoS 1, will, clean start
            00 3C
            2F                       ; property length, 47
            11 00 00 0E 10           ; session expiry interval, 3600 s
            21 00 14                 ; receive maximum, 20
            27 00 01 00 00           ; maximum packet size, 65536
            22 00 0A                 ; topic alias maximum, 10
            19 01                    ; request response information
            17 00                    ; request problem information: no
            26 00 01 'k' 00 01 'v'   ; user property
            26 00 01 'k' 00 01 'w'   ; user property, the same name
            15 00 05 'SCRAM'         ; authentication method
            16 00 02 01 02           ; authentication data
            00 02 'c1'               ; client id
            22                       ; will property length, 34
            18 00 00 00 1E           ; will delay interval, 30 s
            01 01                    ; payload format indicator: UTF-8
            02 00 00 00 3C           ; message expiry interval, 60 s
            08 00 01 'r'             ; response topic
            09 00 01 09              ; correlation data
            03 00 04 'json'          ; content type
            26 00 01 'a' 00 01 'b'   ; user property
            00 03 'w/t'              ; will topic
            00 02 'by'               ; will payload
            00 01 'u'                ; user name
            00 01 'p'                ; password
            """),
        Vector.toServer(
                "CONNECT, defaults said",
                MQTT_5,
                new Connect(MQTT_5, "c", true, 0, null, null, null, Connect.Properties.DEFAULT),
                """
                10 1D
                00 04 'MQTT' 05
                02
                00 00
                0F
                11 00 00 00 00  ; session expiry interval, 0
                21 FF FF        ; receive maximum, 65535
                22 00 00        ; topic alias maximum, 0
                19 00           ; request response information: no
                17 01           ; request problem information: yes
                00 01 'c'
                """)
            .decodeOnly(),
        Vector.toServer(
            "CONNECT, a session that never expires",
            MQTT_5,
            new Connect(
                MQTT_5,
                "c",
                false,
                0,
                null,
                null,
                null,
                new Connect.Properties(
                    Connect.Properties.NEVER_EXPIRES,
                    65535,
                    0xFFFF_FFFFL,
                    0,
                    false,
                    true,
                    List.of(),
                    null,
                    null)),
            """
            10 18
            00 04 'MQTT' 05
            00
            00 00
            0A
            11 FF FF FF FF  ; session expiry interval, never
            27 FF FF FF FF  ; maximum packet size, 4294967295
            00 01 'c'
            """),
        Vector.toClient(
            "CONNACK, accepted",
            MQTT_3_1,
            new ConnAck(false, ReasonCode.SUCCESS, ConnAck.Properties.DEFAULT),
            "20 02 00 00"),
        Vector.toClient(
                "CONNACK, anything in the reserved byte",
                MQTT_3_1,
                new ConnAck(false, ReasonCode.SUCCESS, ConnAck.Properties.DEFAULT),
                "20 02 FF 00")
            .decodeOnly(),
        Vector.toClient(
            "CONNACK, session present",
            MQTT_3_1_1,
            new ConnAck(true, ReasonCode.SUCCESS, ConnAck.Properties.DEFAULT),
            "20 02 01 00"),
        Vector.toClient(
            "CONNACK, not authorized",
            MQTT_3_1_1,
            ConnAck.refused(ReasonCode.NOT_AUTHORIZED),
            "20 02 00 05"),
        Vector.toClient(
            "CONNACK, least",
            MQTT_5,
            new ConnAck(true, ReasonCode.SUCCESS, ConnAck.Properties.DEFAULT),
            "20 03 01 00 00"),
        Vector.toClient(
            "CONNACK, refused", MQTT_5, ConnAck.refused(ReasonCode.BANNED), "20 03 00 8A 00"),
        Vector.toClient(
                "CONNACK of a server that knows 3.1.1 only",
                MQTT_5,
                ConnAck.refused(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION),
                "20 02 00 01")
            .decodeOnly(),
        Vector.toClient(
            "CONNACK, all that 5.0 has",
            MQTT_5,
            new ConnAck(
                false,
                ReasonCode.SUCCESS,
                new ConnAck.Properties(
                    0L,
                    1,
                    QoS.AT_LEAST_ONCE,
                    false,
                    1024,
                    "x",
                    2,
                    "y",
                    List.of(new UserProperty("k", "v")),
                    false,
                    false,
                    false,
                    10,
                    "i",
                    "s",
                    "m",
                    new byte[] {3})),
            """
            20 3F
            00 00
            3C                      ; property length, 60
            11 00 00 00 00          ; session expiry interval, 0 s
            21 00 01                ; receive maximum, 1
            24 01                   ; maximum QoS, 1
            25 00                   ; retain available: no
            27 00 00 04 00          ; maximum packet size, 1024
            12 00 01 'x'            ; assigned client identifier
            22 00 02                ; topic alias maximum, 2
            1F 00 01 'y'            ; reason string
            26 00 01 'k' 00 01 'v'  ; user property
            28 00                   ; wildcard subscription available: no
            29 00                   ; subscription identifiers available: no
            2A 00                   ; shared subscription available: no
            13 00 0A                ; server keep alive, 10 s
            1A 00 01 'i'            ; response information
            1C 00 01 's'            ; server reference
            15 00 01 'm'            ; authentication method
            16 00 01 03             ; authentication data
            """));
  }
}
