package io.noctule.console.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.noctule.console.mqtt.Account;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectRewriterTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final ConnectRewriter rewriter =
      new ConnectRewriter(
          "ada",
          () -> {
            asked.incrementAndGet();
            return new Account("ada", "token");
          });

  private static byte[] connect(MqttVersion version, String clientId) {
    var will =
        new Will(
            TopicName.of("gone"),
            new byte[] {1},
            QoS.AT_LEAST_ONCE,
            false,
            0,
            PublishProperties.NONE);
    var properties =
        new Connect.Properties(
            3600, 10, 1000, 5, false, true, List.of(new UserProperty("a", "b")), null, null);
    var packet =
        new Connect(
            version,
            clientId,
            false,
            17,
            will,
            "root",
            "guess".getBytes(StandardCharsets.UTF_8),
            version.hasProperties() ? properties : Connect.Properties.DEFAULT);
    ByteBuf out = Unpooled.buffer();
    PacketEncoder.encode(packet, version, out);
    PacketEncoder.encode(PingReq.INSTANCE, version, out);
    return ByteBufUtil.getBytes(out);
  }

  private static Connect decode(ByteBuf bytes) throws ProtocolException {
    return (Connect)
        Objects.requireNonNull(new PacketDecoder(PacketDecoder.Side.SERVER, 1 << 20).decode(bytes));
  }

  @ParameterizedTest
  @EnumSource
  void makesThePacketThatOfThePerson(MqttVersion version) throws Exception {
    ByteBuf sent = Unpooled.wrappedBuffer(rewriter.take(connect(version, "page")).orElseThrow());
    Connect connect = decode(sent);
    assertThat(connect.version()).isEqualTo(version);
    assertThat(connect.userName()).isEqualTo("ada");
    assertThat(connect.password()).isEqualTo("token".getBytes(StandardCharsets.UTF_8));
    assertThat(connect.clientId()).isEqualTo("console:ada:page");
    assertThat(connect.cleanStart()).isTrue();
    assertThat(connect.properties().sessionExpirySeconds()).isZero();
    assertThat(connect.keepAliveSeconds()).isEqualTo(17);
    assertThat(Objects.requireNonNull(connect.will()).topic()).isEqualTo(TopicName.of("gone"));
    if (version.hasProperties()) {
      assertThat(connect.properties().receiveMaximum()).isEqualTo(10);
      assertThat(connect.properties().userProperties()).containsExactly(new UserProperty("a", "b"));
    }
    assertThat(ByteBufUtil.getBytes(sent)).as("what followed").isEqualTo(new byte[] {-64, 0});
  }

  @Test
  void waitsForTheWholePacketAndAsksOnce() throws Exception {
    byte[] whole = connect(MqttVersion.MQTT_5, "page");
    for (int i = 0; i < whole.length - 3; i++) {
      assertThat(rewriter.take(Arrays.copyOfRange(whole, i, i + 1))).isEqualTo(Optional.empty());
    }
    assertThat(asked).hasValue(0);
    assertThat(rewriter.take(Arrays.copyOfRange(whole, whole.length - 3, whole.length)))
        .isPresent();
    assertThat(asked).hasValue(1);
  }

  @Test
  void givesEveryPageAnIdentifierOfItsPerson() throws Exception {
    assertThat(decode(Unpooled.wrappedBuffer(take(""))).clientId())
        .startsWith("console:ada:")
        .hasSizeGreaterThan(20);
    assertThat(
            decode(
                    Unpooled.wrappedBuffer(
                        new ConnectRewriter("ada", () -> Account.NONE)
                            .take(connect(MqttVersion.MQTT_5, "x".repeat(1000)))
                            .orElseThrow()))
                .clientId())
        .isEqualTo("console:ada:" + "x".repeat(64));
  }

  private byte[] take(String clientId) throws ProtocolException {
    return rewriter.take(connect(MqttVersion.MQTT_5, clientId)).orElseThrow();
  }

  @Test
  void refusesWhatIsNoConnectOrTooLarge() {
    assertThatThrownBy(() -> rewriter.take(new byte[] {-64, 0}))
        .isInstanceOf(ProtocolException.class);
    var other = new ConnectRewriter("ada", () -> Account.NONE);
    assertThatThrownBy(() -> other.take(new byte[1 << 20])).isInstanceOf(ProtocolException.class);
    var another = new ConnectRewriter("ada", () -> Account.NONE);
    // Says that a megabyte follows.
    assertThatThrownBy(() -> another.take(new byte[] {0x10, -128, -128, 64}))
        .isInstanceOf(ProtocolException.class);
  }
}
