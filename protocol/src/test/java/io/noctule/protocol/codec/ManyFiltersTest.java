package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One packet may not make the server hold filters without bound. */
class ManyFiltersTest {
  private static final TopicFilter FILTER = TopicFilter.of("a");
  private static final int MOST = SubscribeDecoder.MOST_FILTERS;

  private final PacketDecoder decoder =
      new PacketDecoder(PacketDecoder.Side.SERVER, VariableByteInteger.MAXIMUM);
  private final ByteBuf bytes = Unpooled.buffer();

  @Test
  void asManyAsTheLimitAreTaken() throws Exception {
    assertThat(decode(subscribe(MOST))).isInstanceOf(Subscribe.class);
    assertThat(decoder.decode(encoded(unsubscribe(MOST)))).isInstanceOf(Unsubscribe.class);
  }

  @Test
  void oneMoreExceedsTheQuota() {
    assertThat(refused(subscribe(MOST + 1))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
  }

  @Test
  void soItDoesWhenUnsubscribing() {
    assertThat(refused(unsubscribe(MOST + 1))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
  }

  private ReasonCode refused(Packet packet) {
    return catchThrowableOfType(ProtocolException.class, () -> decode(packet)).reasonCode();
  }

  private @Nullable Packet decode(Packet packet) throws ProtocolException {
    Connect connect =
        new Connect(MqttVersion.MQTT_5, "c", true, 0, null, null, null, Connect.Properties.DEFAULT);
    assertThat(decoder.decode(encoded(connect))).isInstanceOf(Connect.class);
    return decoder.decode(encoded(packet));
  }

  private ByteBuf encoded(Packet packet) {
    PacketEncoder.encode(packet, MqttVersion.MQTT_5, bytes.clear());
    return bytes;
  }

  private static Subscribe subscribe(int filters) {
    return new Subscribe(
        1,
        Subscribe.NO_IDENTIFIER,
        List.of(),
        Collections.nCopies(filters, Subscribe.Request.of(FILTER, QoS.AT_MOST_ONCE)));
  }

  private static Unsubscribe unsubscribe(int filters) {
    return new Unsubscribe(1, List.of(), Collections.nCopies(filters, FILTER));
  }
}
