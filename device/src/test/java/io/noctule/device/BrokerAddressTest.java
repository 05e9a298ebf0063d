package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:1883",
    "localhost:1884, localhost:1884",
    "10.0.0.7:1, 10.0.0.7:1",
    "::1, [::1]:1883",
    "[::1], [::1]:1883",
    "[fe80::1%eth0]:65535, [fe80::1%eth0]:65535",
    "mqtt://localhost, localhost:1883",
    "mqtts://localhost, mqtts://localhost:8883",
    "mqtts://localhost:1/, mqtts://localhost:1",
    "mqtts://::1, mqtts://[::1]:8883"
  })
  void understandsNamesAndAddresses(String text, String address) {
    assertThat(BrokerAddress.parse(text)).hasToString(address);
    assertThat(BrokerAddress.parse(address)).isEqualTo(BrokerAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":1883",
        "a:",
        "a:0",
        "a:65536",
        "a:x",
        "a:-1",
        "[::1",
        "[::1]1883",
        "[]:1",
        "a b:1",
        "mqtt://",
        "mqtts://a/b",
        "wss://a"
      })
  void refusesTheRest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BrokerAddress.parse(text));
  }
}
