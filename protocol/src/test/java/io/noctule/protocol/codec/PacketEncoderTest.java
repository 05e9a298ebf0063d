package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.packet.Auth;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketEncoderTest {
  private static final TopicName TOPIC = TopicName.of("a/b");
  private static final PublishProperties PROPERTIES =
      new PublishProperties(
          PayloadFormat.UTF_8,
          60,
          null,
          null,
          "text",
          List.of(new UserProperty("k", "v")),
          List.of(300));

  private final ByteBuf out = Unpooled.buffer(0);

  @ParameterizedTest
  @CsvSource({
    "SUCCESS, 0",
    "UNSUPPORTED_PROTOCOL_VERSION, 1",
    "CLIENT_IDENTIFIER_NOT_VALID, 2",
    "SERVER_UNAVAILABLE, 3",
    "SERVER_BUSY, 3",
    "QUOTA_EXCEEDED, 3",
    "USE_ANOTHER_SERVER, 3",
    "BAD_USER_NAME_OR_PASSWORD, 4",
    "NOT_AUTHORIZED, 5",
    "BANNED, 5",
    "TOPIC_NAME_INVALID, 5"
  })
  void turnsConnAckCodesIntoReturnCodes(ReasonCode code, int returnCode) {
    PacketEncoder.encode(new ConnAck(false, code, ConnAck.Properties.because("why")), v311(), out);

    assertThat(hex()).isEqualTo("2002000" + returnCode);
  }

  @ParameterizedTest
  @EnumSource
  void givesEachReasonCodeAReturnCodeThatIsAnErrorWhereItIsOne(ReasonCode code) {
    int returnCode = ConnectReturnCode.of(code);

    assertThat(returnCode).isBetween(code.isError() ? 1 : 0, code.isError() ? 5 : 0);
  }

  @Test
  void leavesOutSessionPresentInMqtt31() {
    PacketEncoder.encode(
        new ConnAck(true, ReasonCode.SUCCESS, ConnAck.Properties.DEFAULT),
        MqttVersion.MQTT_3_1,
        out);

    assertThat(hex()).isEqualTo("20020000");
  }

  @Test
  void leavesOutReasonsBefore5() {
    PacketEncoder.encode(
        new PubAck(1, ReasonCode.NOT_AUTHORIZED, ReasonProperties.because("why")), v311(), out);
    PacketEncoder.encode(Disconnect.because(ReasonCode.SERVER_BUSY, "why"), v311(), out);

    assertThat(hex()).isEqualTo("40020001" + "e000");
  }

  @Test
  void hasOneSubAckErrorBefore5() {
    List<ReasonCode> codes = List.of(ReasonCode.GRANTED_QOS_2, ReasonCode.TOPIC_FILTER_INVALID);
    PacketEncoder.encode(new SubAck(1, ReasonProperties.because("why"), codes), v311(), out);

    assertThat(hex()).isEqualTo("900400010280");
  }

  @Test
  void refusesWhatNoBytesCanSay() {
    Auth auth = new Auth(ReasonCode.CONTINUE_AUTHENTICATION, "m", null, null, List.of());
    Packet longReason =
        new PubAck(
            1, ReasonCode.NOT_AUTHORIZED, new ReasonProperties("x".repeat(65536), List.of()));
    Connect passwordAlone =
        new Connect(v311(), "c", true, 0, null, null, new byte[1], Connect.Properties.DEFAULT);

    assertThatIllegalArgumentException().isThrownBy(() -> PacketEncoder.encode(auth, v311(), out));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketEncoder.encode(longReason, MqttVersion.MQTT_5, out));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketEncoder.encode(passwordAlone, v311(), out));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> publish(null, 0, QoS.AT_MOST_ONCE, MqttVersion.MQTT_5, payload(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> publish(null, 7, QoS.AT_MOST_ONCE, v311(), payload(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PacketEncoder.publishLength(
                    v311(),
                    TOPIC,
                    0,
                    QoS.AT_MOST_ONCE,
                    PublishProperties.NONE,
                    VariableByteInteger.MAXIMUM));
    assertThat(out.isReadable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 119, 120, 121, 16_000, 16_384, 2_097_152})
  void tellsThePublishLengthBeforehand(int payloadLength) {
    ByteBuf payload = payload(payloadLength);
    for (MqttVersion version : MqttVersion.values()) {
      for (QoS qos : QoS.values()) {
        for (PublishProperties properties : List.of(PublishProperties.NONE, PROPERTIES)) {
          out.clear();
          PacketEncoder.encodePublish(
              version, TOPIC, 5, qos, false, false, 7, properties, payload, out);

          assertThat(out.readableBytes())
              .isEqualTo(
                  PacketEncoder.publishLength(version, TOPIC, 5, qos, properties, payloadLength));
        }
      }
    }
  }

  @Test
  void tellsWhereThePacketIdIs() {
    out.writeLong(0);
    for (int payloadLength : new int[] {0, 200}) {
      for (MqttVersion version : MqttVersion.values()) {
        int start = out.writerIndex();
        int offset = publish(TOPIC, 5, QoS.EXACTLY_ONCE, version, payload(payloadLength));

        assertThat(out.getUnsignedShort(start + offset)).isEqualTo(0x1234);
        assertThat(publish(TOPIC, 5, QoS.AT_MOST_ONCE, version, payload(0))).isEqualTo(-1);
      }
    }
  }

  @Test
  void doesNotConsumeThePayload() {
    ByteBuf payload = payload(10).skipBytes(3);

    publish(TOPIC, 0, QoS.AT_MOST_ONCE, v311(), payload);

    assertThat(payload.readableBytes()).isEqualTo(7);
    assertThat(hex()).isEqualTo("300c" + "0003612f62" + "03040506070809");
  }

  @ParameterizedTest
  @EnumSource
  void writesTheSameHeaderWithoutThePayload(MqttVersion version) {
    ByteBuf payload = payload(5000);
    int offset =
        PacketEncoder.encodePublishHeader(
            version,
            TOPIC,
            5,
            QoS.AT_LEAST_ONCE,
            true,
            true,
            0x1234,
            PROPERTIES,
            payload.readableBytes(),
            out);
    out.writeBytes(payload.duplicate());
    ByteBuf whole = Unpooled.buffer();

    int wholeOffset =
        PacketEncoder.encodePublish(
            version, TOPIC, 5, QoS.AT_LEAST_ONCE, true, true, 0x1234, PROPERTIES, payload, whole);

    assertThat(hex()).isEqualTo(ByteBufUtil.hexDump(whole));
    assertThat(offset).isEqualTo(wholeOffset);
  }

  private int publish(
      @Nullable TopicName topic, int alias, QoS qos, MqttVersion version, ByteBuf payload) {
    return PacketEncoder.encodePublish(
        version, topic, alias, qos, false, false, 0x1234, PublishProperties.NONE, payload, out);
  }

  private static ByteBuf payload(int length) {
    ByteBuf payload = Unpooled.buffer(length);
    for (int i = 0; i < length; i++) {
      payload.writeByte(i);
    }
    return payload;
  }

  private static MqttVersion v311() {
    return MqttVersion.MQTT_3_1_1;
  }

  private String hex() {
    return ByteBufUtil.hexDump(out);
  }
}
