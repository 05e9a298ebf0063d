package io.noctule.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessLimitTest {
  private final Time time = new Time();
  private final GuessLimit limit = new GuessLimit(time);

  private static InetAddress address(String digits) {
    try {
      return InetAddress.getByName(digits);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void guessAllFrom(InetAddress address) {
    for (int i = 0; i < GuessLimit.GUESSES; i++) {
      assertThat(limit.mayGuess(address)).isTrue();
      limit.wrong(address);
    }
  }

  @Test
  void tenWrongOnesAndThenOneEachTenSeconds() {
    InetAddress guesser = address("192.0.2.1");
    guessAllFrom(guesser);
    assertThat(limit.mayGuess(guesser)).isFalse();
    assertThat(limit.mayGuess(address("192.0.2.2"))).as("others").isTrue();
    time.advance(Duration.ofSeconds(GuessLimit.SECONDS_FOR_ANOTHER));
    assertThat(limit.mayGuess(guesser)).isTrue();
    limit.wrong(guesser);
    assertThat(limit.mayGuess(guesser)).isFalse();
    time.advance(Duration.ofHours(1));
    guessAllFrom(guesser);
    assertThat(limit.mayGuess(guesser)).isFalse();
  }

  @Test
  void aNetworkOfVersionSixIsOneAddress() {
    guessAllFrom(address("2001:db8::1"));
    assertThat(limit.mayGuess(address("2001:db8::ffff:2"))).isFalse();
    assertThat(limit.mayGuess(address("2001:db8:0:1::1"))).isTrue();
  }

  @Test
  void noMoreThanSoManyAddressesAreKept() {
    InetAddress first = address("192.0.2.1");
    guessAllFrom(first);
    for (int i = 0; i < GuessLimit.ADDRESSES; i++) {
      limit.wrong(address("10.%d.%d.1".formatted(i >> 8, i & 0xFF)));
    }
    assertThat(limit.mayGuess(first)).as("forgotten").isTrue();
  }
}
