package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Table 1-1 of MQTT 5.0. */
class VariableByteIntegerTest {
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, 8001",
    "16383, ff7f",
    "16384, 808001",
    "2097151, ffff7f",
    "2097152, 80808001",
    "268435455, ffffff7f"
  })
  void hasTheBytesOfTheStandard(int value, String hex) throws ProtocolException {
    ByteBuf bytes = Unpooled.buffer();
    VariableByteInteger.write(bytes, value);

    assertThat(ByteBufUtil.hexDump(bytes)).isEqualTo(hex);
    assertThat(VariableByteInteger.length(value)).isEqualTo(hex.length() / 2);
    int end = bytes.writerIndex();
    assertThat(VariableByteInteger.get(bytes, 0, end, "number")).isEqualTo(value);
    for (int cut = 0; cut < end; cut++) {
      assertThat(VariableByteInteger.get(bytes, 0, cut, "number"))
          .isEqualTo(VariableByteInteger.INCOMPLETE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8000", "ff00", "808000", "80808000", "80808080", "ffffffff01"})
  void refusesOtherForms(String hex) {
    byte[] bytes = AnnotatedHex.parse(hex);

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(
            () -> VariableByteInteger.get(Unpooled.wrappedBuffer(bytes), 0, bytes.length, "number"))
        .withMessageContaining("number");
  }
}
