package io.noctule.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Sessions sessions = new Sessions(nanos::get);

  private static final class Known implements Person {
    private final String name;
    private boolean valid = true;

    private Known(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isAdmin() {
      return false;
    }

    @Override
    public boolean maySee(String topic) {
      return false;
    }

    @Override
    public boolean mayPublish(String topic) {
      return false;
    }

    @Override
    public boolean isValid() {
      return valid;
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void endsAfterTwelveHoursWithoutUse() {
    String secret = sessions.open(new Known("ada"));
    pass(Duration.ofHours(11));
    assertThat(sessions.use(secret)).isPresent();
    pass(Duration.ofHours(11));
    assertThat(sessions.use(secret)).isPresent();
    pass(Duration.ofHours(12));
    assertThat(sessions.use(secret)).isEmpty();
  }

  @Test
  void endsAfterSevenDaysInAnyCase() {
    String secret = sessions.open(new Known("ada"));
    for (int hours = 0; hours < 7 * 24 - 1; hours++) {
      pass(Duration.ofHours(1));
      assertThat(sessions.use(secret)).isPresent();
    }
    pass(Duration.ofHours(1));
    assertThat(sessions.use(secret)).isEmpty();
  }

  @Test
  void tellsItsEndOnce() {
    var ends = new AtomicInteger();
    var known = new Known("ada");
    String secret = sessions.open(known);
    LoginSession session = sessions.use(secret).orElseThrow();
    session.onEnd(ends::incrementAndGet);
    Runnable forgotten = () -> ends.addAndGet(100);
    session.onEnd(forgotten);
    session.forget(forgotten);
    sessions.sweep();
    assertThat(ends).hasValue(0);
    known.valid = false;
    sessions.sweep();
    sessions.endSession(secret);
    sessions.endAll();
    assertThat(ends).hasValue(1);
    session.onEnd(ends::incrementAndGet);
    assertThat(ends).as("too late to wait for").hasValue(2);
  }

  @Test
  void aPersonHasTwentyAtMost() {
    var person = new Known("ada");
    String others = sessions.open(new Known("vera"));
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < Sessions.MOST_OF_A_PERSON; i++) {
      pass(Duration.ofSeconds(1));
      secrets.add(sessions.open(person));
    }
    pass(Duration.ofSeconds(1));
    // The first has been used since the second was.
    assertThat(sessions.use(secrets.getFirst())).isPresent();
    sessions.open(person);
    assertThat(sessions.use(secrets.get(1))).isEmpty();
    assertThat(sessions.use(secrets.getFirst())).isPresent();
    assertThat(sessions.use(others)).isPresent();
  }

  @Test
  void thereAreAThousandAtMost() {
    String first = sessions.open(new Known("first"));
    for (int i = 1; i < Sessions.MOST; i++) {
      pass(Duration.ofMillis(1));
      sessions.open(new Known("person " + i));
    }
    pass(Duration.ofMillis(1));
    sessions.open(new Known("one more"));
    assertThat(sessions.use(first)).isEmpty();
  }

  @Test
  void secretsAreLongAndNeverTheSame() {
    var person = new Known("ada");
    assertThat(sessions.open(person)).hasSize(43).isNotEqualTo(sessions.open(person));
    assertThat(sessions.use("")).isEmpty();
  }

  @Test
  void guessesAreCountedByKeyAndForgotten() {
    var limit = new GuessLimit(3, Duration.ofMinutes(5), nanos::get);
    for (int i = 0; i < 3; i++) {
      assertThat(limit.secondsToWait("a")).isZero();
      limit.failed("a");
      pass(Duration.ofMinutes(1));
    }
    assertThat(limit.secondsToWait("a")).isEqualTo(120);
    assertThat(limit.secondsToWait("b")).isZero();
    pass(Duration.ofMinutes(2));
    assertThat(limit.secondsToWait("a")).isZero();
    limit.failed("a");
    assertThat(limit.secondsToWait("a")).as("a new window").isZero();
    limit.failed("a");
    limit.failed("a");
    assertThat(limit.secondsToWait("a")).isPositive();
    limit.succeeded("a");
    assertThat(limit.secondsToWait("a")).isZero();
  }
}
