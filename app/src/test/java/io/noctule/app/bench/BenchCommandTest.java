package io.noctule.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.app.bench.FaultyBroker.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class BenchCommandTest {
  private static CommandRun bench(FaultyBroker broker, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "bench",
                "fan-in",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(broker.port()),
                "--publishers=1",
                "--warmup=0",
                "--seconds=0.3"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void aCorrectBrokerPasses() throws IOException {
    try (var broker = new FaultyBroker(Fault.NONE)) {
      CommandRun run = bench(broker);

      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out())
          .startsWith("fan-in 1 -> 1, QoS 0, 64 bytes, MQTT 3.1.1, window 20,000")
          .contains("each message once and in order");
    }
  }

  @Test
  void aFixedRateIsKept() throws IOException {
    try (var broker = new FaultyBroker(Fault.NONE)) {
      JsonNode report = new ObjectMapper().readTree(bench(broker, "--rate=1000", "--json").out());

      assertThat(report.get("sent").asLong()).isBetween(1L, 1000L);
      assertThat(report.get("lost").asLong()).isZero();
      assertThat(report.get("latencyP50Millis").asDouble()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REPEAT_THE_TENTH, '0 lost, 1 duplicated, 0 out of order, 0 not acknowledged'",
    "SWAP_THE_TENTH_WITH_THE_NEXT, '0 lost, 0 duplicated, 1 out of order, 0 not acknowledged'"
  })
  void whatABrokerDoesWrongIsFound(Fault fault, String verdict) throws IOException {
    try (var broker = new FaultyBroker(fault)) {
      CommandRun run = bench(broker);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).contains(verdict);
    }
  }

  @Test
  void aLostMessageIsFoundAfterTheSilenceThatEndsTheRun() throws IOException {
    try (var broker = new FaultyBroker(Fault.LOSE_THE_TENTH)) {
      CommandRun run = bench(broker);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).contains("1 lost, 0 duplicated, 0 out of order");
    }
  }

  @Test
  void aClosedConnectionFailsTheRun() throws IOException {
    try (var broker = new FaultyBroker(Fault.CLOSE_AT_THE_TENTH)) {
      CommandRun run = bench(broker);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .hasLineCount(1)
          .containsPattern("connection of (publisher|subscriber) 1");
    }
  }

  @Test
  void aRefusedConnectionIsToldInOneLine() throws IOException {
    int port;
    try (var broker = new FaultyBroker(Fault.NONE)) {
      port = broker.port();
    }
    CommandRun run = CommandRun.of("bench", "-h", "127.0.0.1", "-p", String.valueOf(port));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "noctule bench: no connection to 127.0.0.1:%d (connection refused): is a broker"
                    .formatted(port)
                + " running there?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fan | unknown shape fan; the shapes are fan-in, fan-out, pairs and all",
        "--size=8 | --size must be from 20 to 134217728, not 8",
        "--qos=3 | --qos must be from 0 to 2, not 3",
        "--rate=fast | --rate must be a whole number of at least 1, or max, not fast",
        "--mqtt=4 | --mqtt must be 3 (for 3.1.1) or 5, not 4",
        "--seconds=0 | --seconds must be more than 0 and --warmup at least 0"
      })
  void aWrongValueIsAUsageError(String argument, String told) {
    CommandRun run = CommandRun.of("bench", argument);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualToIgnoringNewLines("noctule bench: " + told);
  }
}
