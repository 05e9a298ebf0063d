package io.noctule.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.device.BrokerAddress;
import io.noctule.device.DisconnectReason;
import io.noctule.device.Message;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class EventLinesTest {
  private static final BrokerAddress BROKER = new BrokerAddress("127.0.0.1", 1883);

  private final EventText text = new EventText(false);
  private final EventText quiet = new EventText(true);
  private final EventJson json = new EventJson();

  private static DeviceEvent.Received received(byte... payload) {
    return new DeviceEvent.Received(new Message("test", payload, 1, true));
  }

  private static DeviceEvent.Received received(String payload) {
    return received(payload.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void speaksTheWordsOfTheTutorial() {
    assertThat(text.out(new DeviceEvent.Connecting(BROKER)))
        .isEqualTo("Connecting to broker 127.0.0.1:1883\n");
    assertThat(text.out(new DeviceEvent.Connected())).isEqualTo("Connection OK\n");
    assertThat(text.out(new DeviceEvent.Sent("test", JsonNodeFactory.instance.objectNode(), 0)))
        .isEqualTo("Msg has been sent!\n");
    assertThat(text.out(new DeviceEvent.Special("Hello")))
        .isEqualTo("Received a special msg Hello!\n");
    assertThat(text.out(new DeviceEvent.Refused(5, "not authorized")))
        .isEqualTo("Bad connection returned code=5 (not authorized)\n");
    assertThat(text.out(new DeviceEvent.Disconnected(new DisconnectReason(7, "connection lost"))))
        .isEqualTo("Disconnected result code 7 (connection lost)\n");
    assertThat(text.out(new DeviceEvent.Log("x"))).isEqualTo("log: x\n");
    assertThat(text.err(new DeviceEvent.Unreachable(BROKER, "connection refused", true)))
        .isEqualTo(
            "noctule device: cannot reach broker 127.0.0.1:1883: connection refused; trying"
                + " again\n");
  }

  @Test
  void showsAnyPayloadInOneLine() {
    assertThat(text.out(received("{\n\"msg\": \"Hello\"}")))
        .isEqualTo(
            """
            Data received!
            {"topic":"test","content":{"msg":"Hello"},"qos":1,"retain_flag":true}
            """);
    assertThat(text.out(received("<a>\n</a>"))).contains("\"content\":\"<a>\\n</a>\"");
    assertThat(text.out(received(""))).contains("\"content\":\"\"");
    assertThat(text.out(received((byte) 0, (byte) 0xff)))
        .contains("\"content\":{\"hex\":\"00ff\"}");
  }

  @Test
  void keepsTheTerminalSafe() {
    assertThat(text.out(received("\"\u009b31m \u202eevil\"")))
        .contains("\"content\":\"\\u009b31m \\u202eevil\"");
    assertThat(text.out(new DeviceEvent.Log("\u001b[31m"))).isEqualTo("log: \\u001b[31m\n");
  }

  @Test
  void quietTellsErrorsOnly() {
    assertThat(quiet.out(new DeviceEvent.Connected())).isEmpty();
    assertThat(quiet.out(new DeviceEvent.Refused(5, "not authorized"))).isEmpty();
    assertThat(quiet.err(new DeviceEvent.Refused(5, "not authorized")))
        .isEqualTo("noctule device: refused by the broker with code 5 (not authorized)\n");
    assertThat(quiet.err(new DeviceEvent.Failed("no"))).isEqualTo("noctule device: no\n");
  }

  @Test
  void jsonIsOneObjectPerEvent() {
    assertThat(json.out(new DeviceEvent.Connecting(BROKER)))
        .isEqualTo("{\"event\":\"connecting\",\"broker\":\"127.0.0.1:1883\"}\n");
    assertThat(json.out(received("x")))
        .isEqualTo(
            "{\"event\":\"received\",\"topic\":\"test\",\"content\":\"x\",\"qos\":1,\"retain_flag\":true}\n");
    assertThat(
            json.out(new DeviceEvent.Disconnected(new DisconnectReason(142, "session taken over"))))
        .isEqualTo("{\"event\":\"disconnected\",\"code\":142,\"name\":\"session taken over\"}\n");
    assertThat(json.err(new DeviceEvent.Failed("no"))).isEmpty();
  }

  @Property
  void anyPayloadIsOneLineOfJson(@ForAll byte[] payload) {
    String line = json.out(received(payload));
    assertThat(line).endsWith("\n").hasLineCount(1);
    assertThat(JsonMapper.shared().readTree(line).get("topic").stringValue()).isEqualTo("test");
  }
}
