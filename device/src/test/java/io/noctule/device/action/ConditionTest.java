package io.noctule.device.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.device.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final String READING =
      """
      {"msg":"ON","temperature":31.50,"humidity":50,"door":{"open":true,"since":null},
       "list":[1,{"a":"x"}],"a key":"odd","topic":"its own","big":1e400,"cpu-temp":40,"empty":""}
      """;

  private static boolean holds(String condition, String payload) {
    return Condition.parse(condition).holds(message(payload.getBytes(UTF_8)));
  }

  private static Message message(byte[] payload) {
    return new Message("house/kitchen", payload, 1, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "msg == \"ON\"~true",
        "msg == 'ON'~true",
        "msg != \"ON\"~false",
        "msg == ON~false",
        "temperature > 30 and humidity <= 50~true",
        "temperature > 31.5~false",
        "temperature >= 31.5~true",
        "temperature == 31.5~true",
        "31.5 == temperature~true",
        "temperature < -1e3~false",
        "big > 1e399~true",
        "big > temperature~true",
        "cpu-temp == 40~true",
        "humidity == '50'~false",
        "humidity != '50'~true",
        "humidity > '4'~false",
        "msg > 'OFF'~true",
        "msg == \"OFF\" or humidity < 51~true",
        "msg == 'OFF' or msg == 'ON' and humidity == 1~false",
        "(msg == 'OFF' or msg == 'ON') and humidity == 50~true",
        "not msg == 'OFF' and not (humidity == 1)~true",
        "not not door.open~true",
        "door.open~true",
        "door.open == true~true",
        "door~false",
        "msg~false",
        "true~true",
        "false or true~true",
        "list[0] == 1~true",
        "list[1].a == 'x'~true",
        "list[2] == 1~false",
        "list[1]['a'] == \"x\"~true",
        "$[\"a key\"] == 'odd'~true",
        "$.topic == 'its own'~true",
        "topic == 'house/kitchen'~true",
        "exists(door.since)~true",
        "door.since == null~true",
        "exists(door.until)~false",
        "exists(topic) and exists(payload) and exists($)~true",
        "nothing == 1~false",
        "nothing != 1~false",
        "not nothing == 1~true",
        "nothing == nothing~false",
        "msg.deeper == 1~false",
        "empty == ''~true",
        "list == list~true",
        "null == null~true",
        "'it\\'s' == \"it's\"~true",
      })
  void holdsOrNot(String condition, boolean expected) {
    assertThat(holds(condition, READING)).isEqualTo(expected);
  }

  @Test
  void looksAtPlainTextAndAtWhatIsNeither() {
    assertThat(holds("payload == 'ON'", "ON")).isTrue();
    assertThat(holds("payload == 'ON'", "OFF")).isFalse();
    assertThat(holds("$ > 20", "20.5")).isTrue();
    assertThat(holds("$ == 'ON'", "\"ON\"")).isTrue();
    assertThat(holds("msg == 'ON'", "{\"msg\":")).isFalse();
    Message binary = message(new byte[] {(byte) 0xff});
    assertThat(Condition.parse("exists(payload) or exists($)").holds(binary)).isFalse();
    assertThat(Condition.parse("topic == 'house/kitchen'").holds(binary)).isTrue();
    assertThat(Condition.ALWAYS.holds(binary)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "``~column 1: expected a value, found the end",
        "msg = 'ON'~column 5: compare with '==', not '='",
        "msg ==~column 7: expected a value, found the end",
        "msg == 'ON~column 8: the text that begins here has no closing quote",
        "a && b~column 3: write 'and', not '&'",
        "a || b~column 3: write 'or', not '|'",
        "!a~column 1: write 'not', not '!'",
        "a == 1 b~column 8: expected 'and', 'or' or the end, found 'b'",
        "(a == 1~column 8: expected ')', found the end",
        "a == 1)~column 7: expected 'and', 'or' or the end, found ')'",
        "a < b < c~column 7: comparisons cannot be chained: write 'a < b and b < c'",
        "'x'~column 1: the text \"x\" alone is no condition: compare it with something",
        "12~column 1: '12' alone is no condition: compare it with something",
        "a > true~column 5: '>' compares numbers or texts, not 'true'",
        "a == 1.2.3~column 6: '1.2.3' is not a number",
        "a == 12x~column 6: '12x' is not a number",
        "a[x]~column 3: expected an index from 0 or a key in quotes, found 'x'",
        "a[-1] == 1~column 3: expected an index from 0 or a key in quotes, found '-1'",
        "a.~column 3: expected a key after '.', found the end",
        "a == #~column 6: the character '#' has no meaning here",
        "and~column 1: expected a value, found 'and'",
        "topic.x == 1~column 1: 'topic' is the message's own: write '$.topic' for the key of its JSON",
        "exists(1)~column 8: expected a value, found '1'",
        "a == '\\x'~column 6: in the text that begins here, '\\x' has no meaning",
      })
  void tellsWhereItIsNotUnderstood(String condition, String message) {
    assertThatThrownBy(() -> Condition.parse(condition))
        .isInstanceOf(ConditionException.class)
        .hasMessage(message);
  }

  @Test
  void boundsLengthAndDepth() {
    assertThatThrownBy(() -> Condition.parse("(".repeat(51) + "a" + ")".repeat(51)))
        .hasMessage("column 51: parentheses and 'not' must be at most 50 deep");
    assertThatThrownBy(() -> Condition.parse("not ".repeat(1_000) + "a"))
        .hasMessage("column 201: parentheses and 'not' must be at most 50 deep");
    assertThatThrownBy(() -> Condition.parse("a".repeat(4_097)))
        .hasMessage("column 4097: it must have at most 4096 characters");
    assertThatThrownBy(() -> Condition.parse("a == " + "1".repeat(51)))
        .isInstanceOf(ConditionException.class);
    String many = "a == 1" + " or a == 1".repeat(400);
    assertThat(holds(many, "{\"a\":1}")).isTrue();
  }
}
