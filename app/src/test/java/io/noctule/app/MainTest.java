package io.noctule.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @Test
  void withoutACommandTheOverviewIsShownAndTheStatusIsUsage() {
    CommandRun run = CommandRun.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("usage: noctule COMMAND").contains("  bench ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void helpIsNoFailure() {
    CommandRun run = CommandRun.of("help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("usage: noctule COMMAND");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpOfACommandListsItsOptions() {
    CommandRun run = CommandRun.of("help", "bench");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: noctule bench").contains("--publishers");
  }

  @Test
  void versionIsTold() {
    assertThat(CommandRun.of("--version").out()).startsWith("noctule ");
  }

  @ParameterizedTest
  @CsvSource({
    "bnech, unknown command bnech; did you mean bench?",
    "bensh, unknown command bensh; did you mean bench?"
  })
  void aMistypedCommandNamesTheNearest(String typed, String told) {
    CommandRun run = CommandRun.of(typed);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualToIgnoringNewLines("noctule: " + told);
  }

  @Test
  void anUnknownCommandLikeNoOtherListsAll() {
    CommandRun run = CommandRun.of("xyzzyx");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("unknown command xyzzyx; the commands are ").contains("bench");
  }

  @Test
  void anOptionBeforeTheCommandIsRefused() {
    CommandRun run = CommandRun.of("--port", "1", "bench");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("name a command before options such as --port");
  }

  @ParameterizedTest
  @CsvSource({
    "--prot, unknown option --prot; did you mean --port?",
    "--prot=1, unknown option --prot; did you mean --port?",
    "--colour-of-the-sky, unknown option --colour-of-the-sky; noctule bench --help lists the"
        + " options",
    "--port, --port needs a value (PORT)",
    "--port=x, invalid value for option '--port': 'x' is not an int"
  })
  void aWrongOptionIsToldInOneLine(String typed, String told) {
    CommandRun run = CommandRun.of("bench", typed);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualToIgnoringNewLines("noctule bench: " + told);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aFailureIsToldInOneLineWithoutAStackTrace() {
    CommandRun run = CommandRun.of("bench", "-h", "no-such-host.invalid");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("noctule bench: unknown host no-such-host.invalid");
  }

  @Test
  void debugShowsWhereAFailureComesFrom() {
    CommandRun run = CommandRun.of("bench", "-h", "no-such-host.invalid", "--debug");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("java.net.UnknownHostException").contains("\tat ");
  }
}
