package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessageTest {
  private static Message of(String payload) {
    return new Message("test", payload.getBytes(StandardCharsets.UTF_8), 0, false);
  }

  private static Message of(byte... payload) {
    return new Message("test", payload, 0, false);
  }

  @Test
  void jsonIsShownAsItIsAndParsed() {
    Message message = of("{ \"msg\": \"Hello\", \"t\": 21.50 }");
    assertThat(message.display()).isEqualTo("{ \"msg\": \"Hello\", \"t\": 21.50 }");
    assertThat(message.json().map(JsonNode::toString)).hasValue("{\"msg\":\"Hello\",\"t\":21.50}");
    assertThat(message.isBinary()).isFalse();
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(
            of("[12345678901234567890123, 0.1234567890123456789]").json().map(JsonNode::toString))
        .hasValue("[12345678901234567890123,0.1234567890123456789]");
  }

  @Test
  void xmlAndBase64AreText() {
    assertThat(of("<reading t=\"21\"/>").display()).isEqualTo("<reading t=\"21\"/>");
    assertThat(of("<reading t=\"21\"/>").json()).isEmpty();
    assertThat(of("bm9jdHVsZQ==").display()).isEqualTo("bm9jdHVsZQ==");
    assertThat(of("grüße\n").display()).isEqualTo("grüße\n");
  }

  @Test
  void whatIsNotReadableIsHexadecimal() {
    assertThat(of((byte) 0, (byte) 0xff).display()).isEqualTo("00ff");
    assertThat(of((byte) 0, (byte) 0xff).isBinary()).isTrue();
    assertThat(of((byte) 0, (byte) 0xff).text()).isEmpty();
    assertThat(of("bell \u0007").display()).isEqualTo("62656c6c2007");
    assertThat(of("\u009b31m").isBinary()).isTrue();
  }

  @Test
  void anEmptyPayloadIsAnEmptyText() {
    assertThat(of("").display()).isEmpty();
    assertThat(of("").json()).isEmpty();
    assertThat(of("").isBinary()).isFalse();
    assertThat(of("").word()).hasValue("");
  }

  @Test
  void twoJsonValuesAreText() {
    assertThat(of("1 2").json()).isEmpty();
    assertThat(of("{} x").json()).isEmpty();
  }

  @Test
  void hugeNestedJsonIsText() {
    Message message = of("[".repeat(100_000) + "]".repeat(100_000));
    assertThat(message.json()).isEmpty();
    assertThat(message.display()).startsWith("[[[[");
    assertThat(of("{\"a\":".repeat(1_000_000)).display()).startsWith("{\"a\":{");
    assertThat(of("9".repeat(1_000_000)).display()).startsWith("999");
  }

  @Test
  void theWordIsMsgOfAnObjectOrTheWholeText() {
    assertThat(of("{\"msg\":\"ON\"}").word()).hasValue("ON");
    assertThat(of("ON").word()).hasValue("ON");
    assertThat(of("ON\n").word()).hasValue("ON");
    assertThat(of("\"ON\"").word()).hasValue("ON");
    assertThat(of("{\"msg\":1}").word()).isEmpty();
    assertThat(of("{}").word()).isEmpty();
    assertThat(of("[\"ON\"]").word()).isEmpty();
    assertThat(of((byte) 0xff).word()).isEmpty();
  }

  @Test
  void thePayloadCannotBeChanged() {
    byte[] bytes = {1, 2};
    var message = new Message("test", bytes, 1, true);
    bytes[0] = 9;
    message.payload()[1] = 9;
    assertThat(message.payload()).containsExactly(1, 2);
    assertThat(message).hasToString("test (2 bytes, qos 1, retained)");
  }

  @Property
  void noPayloadThrows(@ForAll byte[] payload) {
    Message message = of(payload);
    assertThat(message.display()).isNotNull();
    assertThat(message.word()).isNotNull();
    if (message.json().isPresent()) {
      assertThat(message.json().get().toString()).isNotEmpty();
    }
  }
}
