package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.MalformedPackets.Malformed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedPacketTest {
  static List<Malformed> malformed() {
    return MalformedPackets.all();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void isRefusedWithItsReasonCode(Malformed malformed) {
    byte[] bytes = AnnotatedHex.parse(malformed.hex());

    ProtocolException refusal =
        catchThrowableOfType(
            ProtocolException.class,
            () -> malformed.decoder().decode(Unpooled.wrappedBuffer(bytes)));

    assertThat(refusal).isNotNull();
    assertThat(refusal.reasonCode()).as(refusal.getMessage()).isEqualTo(malformed.reasonCode());
    assertThat(refusal).hasMessageMatching("[\\P{Cntrl}]{10,250}");
  }
}
