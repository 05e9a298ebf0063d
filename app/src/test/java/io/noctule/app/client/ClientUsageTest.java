package io.noctule.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientUsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pub -m x | a topic is missing: -t TOPIC",
        "pub -t a | a message is missing: one of -m, -f, -l, -s and -n",
        "pub -t a -m x -n | only one of -m, -f, -l, -s and -n can be the message",
        "pub -t a/# -m x | a topic name must not contain the wildcard #: a/#",
        "pub -t a -l --repeat 2 | --repeat repeats one message and does not go with -l",
        "pub -t a -m x -q 3 | -q must be 0, 1 or 2, not 3",
        "pub -t a -m x -c | -c needs a client identifier: -i",
        "pub -t a -m x -P p | -P needs a user name (-u) before MQTT 5",
        "pub -t a -m x -p 0 | --port must be from 1 to 65535, not 0",
        "pub -t a -m x -D publish receive-maximum 4 | PUBLISH has no property receive-maximum",
        "pub -t a -m x -D publish message-expiry-interval x | message-expiry-interval must be a"
            + " number from 0 to 4294967295, not x",
        "pub -t a -m x -V 311 -D publish content-type x | -D needs MQTT 5: leave -V out or say -V"
            + " 5",
        "sub | a topic is missing: -t FILTER",
        "sub -t a -V 4 | -V must be 31, 311, 5, mqttv31, mqttv311 or mqttv5, not 4",
        "sub -t a -F %z | -F does not know the parameter %z",
        "sub -t a -F %5 | -F ends within a sequence: %5",
        "sub -t a -F @? | -F does not know the time conversion @?",
        "sub -t a --will-qos 1 | --will-payload, --will-qos and --will-retain need --will-topic",
        "sub -t a --topci b | unknown option --topci; did you mean --topic?",
        "sub -t a -L http://x | -L must be like mqtt://user:password@host:1883/topic, not http://x"
      })
  void whatDoesNotFitIsAUsageError(String line, String told) {
    String[] args = line.split(" ");
    CommandRun run = CommandRun.of(args);

    assertThat(run.err()).isEqualToIgnoringNewLines("noctule " + args[0] + ": " + told);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pub -t a -f /no/such/file | no such file: /no/such/file",
        "pub -t a -f / | a directory is no message: /",
        "pub -t a -m x -h no-such-host.invalid | unknown host no-such-host.invalid",
        "sub -t a -h 127.0.0.1 -p 1 | no connection to 127.0.0.1:1 (connection refused): is a"
            + " broker running there?"
      })
  void whatFailsIsToldInOneLine(String line, String told) {
    String[] args = line.split(" ");
    CommandRun run = CommandRun.of(args);

    assertThat(run.err()).isEqualToIgnoringNewLines("noctule " + args[0] + ": " + told);
    assertThat(run.status()).isEqualTo(1);
  }
}
