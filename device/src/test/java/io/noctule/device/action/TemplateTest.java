package io.noctule.device.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.device.Message;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class TemplateTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static MessageContent content(String payload) {
    return new MessageContent(new Message("a/b", payload.getBytes(UTF_8), 0, false));
  }

  @Test
  void putsValuesIntoText() throws Exception {
    MessageContent content =
        content("{\"n\":21.50,\"s\":\"x \\\"y\\\"\",\"o\":{\"k\":[1]},\"t\":true}");
    assertThat(Template.payload("n=${n} s=${s} o=${o} t=${ t } ${topic}").fill(content))
        .isEqualTo("n=21.50 s=x \"y\" o={\"k\":[1]} t=true a/b");
    assertThat(Template.text("$${n} $ {n} ${o['k'][0]}").fill(content)).isEqualTo("${n} $ {n} 1");
    assertThat(Template.text("${payload}").fill(content("plain"))).isEqualTo("plain");
  }

  @Test
  void putsValuesIntoJsonAsWhatTheyAre() throws Exception {
    MessageContent content = content("{\"n\":21.50,\"s\":\"a\\\"b\\n\",\"o\":{\"k\":[1]}}");
    assertThat(
            Template.payload("{\"n\":${n},\"t\":\"is ${n}, ${s}\",\"s\":${s},\"o\":[${o}]}")
                .fill(content))
        .isEqualTo(
            "{\"n\":21.50,\"t\":\"is 21.50, a\\\"b\\n\",\"s\":\"a\\\"b\\n\",\"o\":[{\"k\":[1]}]}");
  }

  @Test
  void failsWhereAValueIsMissing() {
    assertThatThrownBy(() -> Template.text("x ${n.m}").fill(content("{\"n\":1}")))
        .isInstanceOf(ActionException.class)
        .hasMessage("the message has no value for ${n.m}");
  }

  @Test
  void boundsWhatItBecomes() {
    String large = "x".repeat(200_000);
    assertThatThrownBy(() -> Template.text("${payload}".repeat(100)).fill(content(large)))
        .hasMessage("with the values of the message it has more than 1048576 characters");
  }

  @Test
  void tellsWhatIsWrong() {
    assertThatThrownBy(() -> Template.text("a ${b"))
        .hasMessage("column 3: the placeholder that begins here has no '}'");
    assertThatThrownBy(() -> Template.text("a ${b.}"))
        .hasMessage("column 7: in '${b.}', expected a key after '.', found the end");
    assertThatThrownBy(() -> Template.payload("{\"a\":${b}"))
        .hasMessageStartingWith("begins like JSON and is none: ");
    assertThatThrownBy(() -> Template.payload("{${a}:1}"))
        .hasMessageStartingWith("begins like JSON and is none: ");
    assertThatThrownBy(() -> Template.text("x".repeat(65_537)))
        .hasMessage("must have at most 65536 characters, has 65537");
  }

  /** Whatever a stranger sends, the JSON that comes out has the same shape. */
  @Property(tries = 1_000)
  void noValueChangesTheShapeOfTheJson(@ForAll String value) throws Exception {
    JsonNode message = JsonNodeFactory.instance.objectNode().put("v", value);
    String filled =
        Template.payload("{\"whole\":${v},\"part\":\"<${v}>\",\"end\":1}")
            .fill(content(message.toString()));
    JsonNode sent = JsonNodeFactory.instance.stringNode(value);
    // Half a surrogate pair cannot be sent in UTF-8, and comes as a question mark.
    JsonNode received = JSON.readTree(message.toString().getBytes(UTF_8)).get("v");
    assertThat(JSON.readTree(filled.getBytes(UTF_8)))
        .isEqualTo(
            JsonNodeFactory.instance
                .objectNode()
                .put("whole", received.stringValue())
                .put("part", "<" + received.stringValue() + ">")
                .put("end", 1));
    assertThat(sent.isString()).isTrue();
  }
}
