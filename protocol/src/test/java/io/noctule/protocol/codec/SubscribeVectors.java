package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_5;

import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Subscribe.Request;
import io.noctule.protocol.packet.Subscribe.RetainHandling;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.topic.TopicFilter;
import java.util.List;

/** SUBSCRIBE, UNSUBSCRIBE and their answers. */
final class SubscribeVectors {
  private static final List<UserProperty> USER_PROPERTIES = List.of(new UserProperty("k", "v"));
  private static final ReasonProperties REASON = new ReasonProperties("why", USER_PROPERTIES);

  private SubscribeVectors() {}

  static List<Vector> all() {
    return List.of(
        Vector.toServer(
            "SUBSCRIBE",
            MQTT_3_1_1,
            new Subscribe(
                10,
                Subscribe.NO_IDENTIFIER,
                List.of(),
                List.of(
                    Request.of(TopicFilter.of("a/+"), QoS.EXACTLY_ONCE),
                    Request.of(TopicFilter.of("#"), QoS.AT_MOST_ONCE))),
            """
            82 0C
            00 0A
            00 03 'a/+' 02
            00 01 '#' 00
            """),
        Vector.toServer(
                "SUBSCRIBE, repeated",
                MQTT_3_1,
                new Subscribe(
                    10,
                    Subscribe.NO_IDENTIFIER,
                    List.of(),
                    List.of(Request.of(TopicFilter.of("#"), QoS.AT_LEAST_ONCE))),
                "8A 06  00 0A  00 01 '#' 01")
            .decodeOnly(),
        Vector.toServer(
            "SUBSCRIBE, no properties",
            MQTT_5,
            new Subscribe(
                10,
                Subscribe.NO_IDENTIFIER,
                List.of(),
                List.of(Request.of(TopicFilter.of("$share/g/a"), QoS.AT_LEAST_ONCE))),
            "82 10  00 0A  00  00 0A '$share/g/a' 01"),
        Vector.toServer(
            "SUBSCRIBE, all options and properties",
            MQTT_5,
            new Subscribe(
                10,
                128,
                USER_PROPERTIES,
                List.of(
                    new Request(
                        TopicFilter.of("a"), QoS.AT_MOST_ONCE, true, false, RetainHandling.SEND),
                    new Request(
                        TopicFilter.of("b"),
                        QoS.AT_LEAST_ONCE,
                        false,
                        true,
                        RetainHandling.SEND_IF_NEW),
                    new Request(
                        TopicFilter.of("c"),
                        QoS.EXACTLY_ONCE,
                        true,
                        true,
                        RetainHandling.DO_NOT_SEND))),
            """
            82 19
            00 0A
            0A
            0B 80 01                ; subscription identifier, 128
            26 00 01 'k' 00 01 'v'  ; user property
            00 01 'a' 04            ; no local
            00 01 'b' 19            ; retain handling 1, retain as published, QoS 1
            00 01 'c' 2E            ; retain handling 2, retain as published, no local, QoS 2
            """),
        Vector.toClient(
            "SUBACK",
            MQTT_3_1_1,
            new SubAck(
                10,
                ReasonProperties.NONE,
                List.of(
                    ReasonCode.SUCCESS,
                    ReasonCode.GRANTED_QOS_1,
                    ReasonCode.GRANTED_QOS_2,
                    ReasonCode.UNSPECIFIED_ERROR)),
            "90 06  00 0A  00 01 02 80"),
        Vector.toClient(
            "SUBACK",
            MQTT_5,
            new SubAck(
                10,
                ReasonProperties.NONE,
                List.of(ReasonCode.GRANTED_QOS_2, ReasonCode.NOT_AUTHORIZED)),
            "90 05  00 0A  00  02 87"),
        Vector.toClient(
            "SUBACK with properties",
            MQTT_5,
            new SubAck(10, REASON, List.of(ReasonCode.QUOTA_EXCEEDED)),
            """
            90 11
            00 0A
            0D
            1F 00 03 'why'          ; reason string
            26 00 01 'k' 00 01 'v'  ; user property
            97
            """),
        Vector.toServer(
            "UNSUBSCRIBE",
            MQTT_3_1_1,
            new Unsubscribe(10, List.of(), List.of(TopicFilter.of("a/+"), TopicFilter.of("#"))),
            "A2 0A  00 0A  00 03 'a/+'  00 01 '#'"),
        Vector.toServer(
                "UNSUBSCRIBE, repeated",
                MQTT_3_1,
                new Unsubscribe(10, List.of(), List.of(TopicFilter.of("#"))),
                "AA 05  00 0A  00 01 '#'")
            .decodeOnly(),
        Vector.toServer(
            "UNSUBSCRIBE with properties",
            MQTT_5,
            new Unsubscribe(10, USER_PROPERTIES, List.of(TopicFilter.of("a"))),
            """
            A2 0D
            00 0A
            07
            26 00 01 'k' 00 01 'v'  ; user property
            00 01 'a'
            """),
        Vector.toClient(
            "UNSUBACK",
            MQTT_3_1_1,
            new UnsubAck(10, ReasonProperties.NONE, List.of()),
            "B0 02  00 0A"),
        Vector.toClient(
            "UNSUBACK",
            MQTT_5,
            new UnsubAck(
                10,
                ReasonProperties.NONE,
                List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED)),
            "B0 05  00 0A  00  00 11"),
        Vector.toClient(
            "UNSUBACK with properties",
            MQTT_5,
            new UnsubAck(10, REASON, List.of(ReasonCode.NOT_AUTHORIZED)),
            "B0 11  00 0A  0D  1F 00 03 'why'  26 00 01 'k' 00 01 'v'  87"));
  }
}
