package io.noctule.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.broker.access.LocalClientsOnly;
import io.noctule.broker.access.OpenAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConfigTest {
  @Test
  void theDefaultsAreSafe() {
    BrokerConfig config = BrokerConfig.builder().build();

    assertThat(config.host()).isNull();
    assertThat(config.port()).isEqualTo(1883);
    assertThat(config.webSocketPort()).isEmpty();
    assertThat(config.loops()).isPositive();
    assertThat(config.authenticator()).isInstanceOf(LocalClientsOnly.class);
  }

  @Test
  void openLetsEverybodyInUntilTakenBack() {
    assertThat(BrokerConfig.builder().open(true).build().authenticator())
        .isInstanceOf(OpenAccess.class);
    assertThat(BrokerConfig.builder().open(true).open(false).build().authenticator())
        .isInstanceOf(LocalClientsOnly.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535})
  void anyPortWillDo(int port) {
    BrokerConfig config = BrokerConfig.builder().port(port).webSocketPort(port).build();

    assertThat(config.port()).isEqualTo(port);
    assertThat(config.webSocketPort()).hasValue(port);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE})
  void whatIsNoPortIsNamed(int port) {
    assertThatThrownBy(BrokerConfig.builder().port(port)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be 0 to 65535, was " + port);
    assertThatThrownBy(BrokerConfig.builder().webSocketPort(port)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("webSocketPort must be 0 to 65535, was " + port);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void withoutLoopsNothingWouldRun(int loops) {
    assertThatThrownBy(BrokerConfig.builder().loops(loops)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loops must be at least 1, was " + loops);
  }
}
