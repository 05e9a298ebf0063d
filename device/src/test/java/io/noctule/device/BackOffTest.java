package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackOffTest {
  /** Always draws the largest value below the bound. */
  private static final RandomGenerator LARGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }

        @Override
        public long nextLong(long origin, long bound) {
          return bound - 1;
        }
      };

  @Test
  void waitsDoubleFromOneSecondToAMinute() {
    var backOff = new BackOff(LARGEST);
    assertThat(Stream.generate(backOff::next).limit(8).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void waitsAreShortAgainAfterAReset() {
    var backOff = new BackOff(LARGEST);
    var _ = backOff.next();
    var _ = backOff.next();
    backOff.reset();
    assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsStayLongAfterARefusalThatLasts() {
    var backOff = new BackOff(LARGEST);
    assertThat(backOff.nextAfterLastingRefusal()).isEqualTo(Duration.ofSeconds(60));
    assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(60));
  }

  @Property
  void waitsAreWithinTheirBounds(@ForAll long seed) {
    var backOff = new BackOff(new Random(seed));
    for (int attempt = 0; attempt < 10; attempt++) {
      assertThat(backOff.next())
          .isBetween(Duration.ZERO, Duration.ofSeconds(Math.min(60, 1L << attempt)));
    }
    assertThat(backOff.nextAfterLastingRefusal())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }
}
