package io.noctule.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OneTimeTokensTest {
  private final Time time = new Time();
  private final OneTimeTokens tokens = new OneTimeTokens(time);

  private boolean redeem(String user, String token) {
    return tokens.redeem(user, token.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aTokenIsGoodOnceForItsUser() {
    String token = tokens.issue("anna");
    assertThat(redeem("bert", token)).isFalse();
    assertThat(redeem("anna", token)).isTrue();
    assertThat(redeem("anna", token)).isFalse();
    assertThat(redeem("anna", token.replace(token.charAt(0), '!'))).isFalse();
  }

  @Test
  void aTokenGetsOld() {
    String token = tokens.issue("anna");
    time.advance(Duration.ofSeconds(OneTimeTokens.SECONDS + 1));
    assertThat(redeem("anna", token)).isFalse();
  }

  @Test
  void noMoreThanSoManyWait() {
    String first = tokens.issue("anna");
    for (int i = 0; i < OneTimeTokens.TOKENS; i++) {
      tokens.issue("anna");
    }
    assertThat(redeem("anna", first)).isFalse();
  }
}
