package io.noctule.protocol.codec;

import static io.noctule.protocol.packet.MqttVersion.MQTT_3_1_1;
import static io.noctule.protocol.packet.MqttVersion.MQTT_5;

import io.noctule.protocol.packet.Auth;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PingResp;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.UserProperty;
import java.util.List;

/** PINGREQ, PINGRESP, DISCONNECT and AUTH. */
final class DisconnectVectors {
  private static final List<UserProperty> USER_PROPERTIES = List.of(new UserProperty("k", "v"));

  private DisconnectVectors() {}

  static List<Vector> all() {
    return List.of(
        Vector.toServer("PINGREQ", MQTT_3_1_1, PingReq.INSTANCE, "C0 00"),
        Vector.toServer("PINGREQ", MQTT_5, PingReq.INSTANCE, "C0 00"),
        Vector.toClient("PINGRESP", MQTT_3_1_1, PingResp.INSTANCE, "D0 00"),
        Vector.toServer(
            "DISCONNECT", MQTT_3_1_1, Disconnect.because(ReasonCode.SUCCESS, null), "E0 00"),
        Vector.toServer(
            "DISCONNECT, short form",
            MQTT_5,
            Disconnect.because(ReasonCode.SUCCESS, null),
            "E0 00"),
        Vector.toServer(
            "DISCONNECT with code",
            MQTT_5,
            Disconnect.because(ReasonCode.DISCONNECT_WITH_WILL, null),
            "E0 01 04"),
        Vector.toServer(
                "DISCONNECT, nothing left out",
                MQTT_5,
                Disconnect.because(ReasonCode.SUCCESS, null),
                "E0 02 00 00")
            .decodeOnly(),
        Vector.toServer(
            "DISCONNECT, all that a client may send",
            MQTT_5,
            new Disconnect(ReasonCode.SUCCESS, 0L, "why", USER_PROPERTIES, null),
            """
            E0 14
            00
            12
            11 00 00 00 00          ; session expiry interval, 0 s
            1F 00 03 'why'          ; reason string
            26 00 01 'k' 00 01 'v'  ; user property
            """),
        Vector.toClient(
            "DISCONNECT, all that a server may send",
            MQTT_5,
            new Disconnect(ReasonCode.SERVER_MOVED, null, "why", USER_PROPERTIES, "other"),
            """
            E0 17
            9D
            15
            1F 00 03 'why'          ; reason string
            26 00 01 'k' 00 01 'v'  ; user property
            1C 00 05 'other'        ; server reference
            """),
        Vector.toClient(
            "AUTH, short form",
            MQTT_5,
            new Auth(ReasonCode.SUCCESS, null, null, null, List.of()),
            "F0 00"),
        Vector.toClient(
                "AUTH, nothing left out",
                MQTT_5,
                new Auth(ReasonCode.SUCCESS, null, null, null, List.of()),
                "F0 02 00 00")
            .decodeOnly(),
        Vector.toServer(
            "AUTH",
            MQTT_5,
            new Auth(
                ReasonCode.CONTINUE_AUTHENTICATION, "m", new byte[] {1}, "why", USER_PROPERTIES),
            """
            F0 17
            18
            15
            15 00 01 'm'            ; authentication method
            16 00 01 01             ; authentication data
            1F 00 03 'why'          ; reason string
            26 00 01 'k' 00 01 'v'  ; user property
            """));
  }
}
