package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scripts as public tutorials have them. Their device does what no library should: it publishes
 * before CONNACK has come and leaves all that the broker sends unread.
 */
class BeginnersScriptsTest {
  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  private static ClientProgram script(String name, String... arguments) {
    Path script = Path.of("src/test/python", name).toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of("/usr/bin/python3", script.toString(), Integer.toString(BROKER.port())));
    command.addAll(List.of(arguments));
    return ClientProgram.start("python3-paho-mqtt", command);
  }

  private static ClientProgram receiver(String topic) {
    ClientProgram receiver = script("prints_what_comes.py", topic);
    assertThat(receiver.nextLine()).isEqualTo("connected 0");
    assertThat(receiver.nextLine()).isEqualTo("subscribed");
    return receiver;
  }

  @ParameterizedTest
  @CsvSource({"0.2, 5", "0, 2000"})
  void allThatADevicePublishesWithoutReadingArrivesInOrder(String intervalSeconds, int count) {
    String topic = "beginner/" + count;
    try (ClientProgram receiver = receiver(topic);
        ClientProgram device = script("publishes_without_reading.py", topic, intervalSeconds)) {
      for (int i = 0; i < count; i++) {
        assertThat(receiver.nextLine()).isEqualTo(topic + " " + i + " qos=0 retain=0");
      }
      assertThat(device.nextLine()).isEqualTo("0");
    }
  }

  @Test
  void theReceiverGoesOnWhenADeviceIsSwitchedOffAndOnAgain() {
    String topic = "beginner/switched";
    try (ClientProgram receiver = receiver(topic)) {
      for (int life = 0; life < 2; life++) {
        try (ClientProgram device = script("publishes_without_reading.py", topic, "0.05")) {
          receiver.nextLine(line -> line.equals(topic + " 3 qos=0 retain=0"));
          assertThat(device.nextLine()).isEqualTo("0");
        }
      }
    }
  }
}
