package io.noctule.broker.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MovingAverageTest {
  private final MovingAverage average = new MovingAverage(5);

  @Test
  void startsWithTheFirstRate() {
    assertThat(average.update(20, 10)).isEqualTo(120);
  }

  @Test
  void staysWhereTheRateDoes() {
    for (int i = 1; i <= 100; i++) {
      assertThat(average.update(20L * i, 10)).isCloseTo(120, within(1e-9));
    }
  }

  @Test
  void forgetsTwoThirdsInItsTime() {
    average.update(100, 60);
    double after = 0;
    for (int i = 0; i < 5; i++) {
      after = average.update(100, 60);
    }
    assertThat(after).isCloseTo(100 / Math.E, within(1e-9));
  }
}
