package io.noctule.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Agrees with the JDK's decoder, but for U+0000. */
class Utf8Test {
  @Property
  void agreesOnAnyBytes(@ForAll @Size(max = 20) byte[] bytes) {
    assertAgrees(bytes);
  }

  @Property
  void agreesOnDamagedText(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.appendCodePoint(random.nextInt(1 << (7 + random.nextInt(14))));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    assertAgrees(bytes);
  }

  /** All that starts with each two bytes, in short and where eight bytes are looked at together. */
  @Example
  void agreesOnAllFirstTwoBytes() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        byte[] bytes = {(byte) first, (byte) second, (byte) 0x80, (byte) 0x80};
        for (int length = 1; length <= bytes.length; length++) {
          assertAgrees(Arrays.copyOf(bytes, length));
        }
      }
    }
  }

  @Example
  void findsWhereTheFirstFaultIs() {
    byte[] bytes = "0123456789é中".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] = 0;
      ByteBuf in = Unpooled.buffer().writeByte(0xFF).writeBytes(damaged).writeByte(0xFF);
      assertThat(Utf8.firstInvalid(in, 1, damaged.length)).isEqualTo(1 + i);
    }
  }

  private static void assertAgrees(byte[] bytes) {
    boolean allowed;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      allowed = text.indexOf(0) < 0;
    } catch (CharacterCodingException _) {
      allowed = false;
    }
    int invalid = Utf8.firstInvalid(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    assertThat(invalid == Utf8.VALID).isEqualTo(allowed);
  }
}
