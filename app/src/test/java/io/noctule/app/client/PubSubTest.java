package io.noctule.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our tools and mosquitto's against our broker. Retained messages and kept sessions make the order
 * of events certain: nobody has to wait for a subscription.
 */
class PubSubTest {
  private static final String[] PROPERTIES = {
    "-D",
    "publish",
    "user-property",
    "k",
    "v",
    "-D",
    "publish",
    "user-property",
    "k2",
    "v 2",
    "-D",
    "PUBLISH",
    "content-type",
    "text/plain",
    "-D",
    "publish",
    "response-topic",
    "re/x",
    "-D",
    "publish",
    "correlation-data",
    "abc",
    "-D",
    "publish",
    "message-expiry-interval",
    "3600",
    "-D",
    "publish",
    "payload-format-indicator",
    "1"
  };

  private static Broker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = Broker.start(BrokerConfig.builder().host("127.0.0.1").port(0).build());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static String[] args(String command, String[] first, String... more) {
    var args = new ArrayList<>(List.of(command, "-p", String.valueOf(broker.mqttPort())));
    args.addAll(List.of(first));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static CommandRun pub(String... args) {
    return CommandRun.of(args("pub", args));
  }

  private static CommandRun sub(String... args) {
    return CommandRun.of(args("sub", args, "-W", "10"));
  }

  private static void assertSucceeded(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%A|%C|%D|%E|%F|%l|%m|%P|%p|%q|%R|%r|%S|%t|%x|%X|%%",
        "%10t|%-10t|%010t|%10.3t|%.2t|%08l|%-8l|%8l|%12p|%-12p|%5m|%-5m|%5q",
        "a\\tb\\\\c\\e\\a@@\\n%p",
        "@Y-@m-@d @B @j @Z"
      })
  void formatsPrintWhatMosquittoSubPrints(String format) throws Exception {
    String topic = "format/" + Integer.toHexString(format.hashCode());
    assertSucceeded(pub(with(PROPERTIES, "-t", topic, "-r", "-m", "hello")));
    String[] subscribe = {
      "-t",
      topic,
      "-C",
      "1",
      "-V",
      "5",
      "-D",
      "subscribe",
      "subscription-identifier",
      "7",
      "-F",
      format
    };

    CommandRun ours = sub(subscribe);

    assertSucceeded(ours);
    assertThat(ours.out())
        .isEqualTo(new String(Mosquitto.sub(broker.mqttPort(), subscribe), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "-N", "-q2", "-V31", "-V5"})
  void optionsPrintWhatMosquittoSubPrints(String option) throws Exception {
    String topic = "option/" + option;
    Mosquitto.pub(broker.mqttPort(), "-t", topic, "-r", "-m", "h\u00e9llo \u20ac");
    var subscribe = new ArrayList<>(List.of("-t", topic, "-C", "1"));
    if (option.length() > 2) {
      subscribe.addAll(List.of(option.substring(0, 2), option.substring(2)));
    } else {
      subscribe.add(option);
    }
    String[] args = subscribe.toArray(String[]::new);

    CommandRun ours = sub(args);

    assertSucceeded(ours);
    assertThat(ours.out())
        .isEqualTo(new String(Mosquitto.sub(broker.mqttPort(), args), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void eachLineOfTheInputBecomesAMessage(String qos) {
    String[] session = {"-i", "lines" + qos, "-c", "-t", "lines/" + qos, "-q", "2"};
    assertSucceeded(sub(with(session, "-E")));

    CommandRun published =
        CommandRun.withInput(
            "one\n\ntwo\r\nlast",
            args("pub", new String[] {"-t", "lines/" + qos, "-l", "-q", qos}));

    assertSucceeded(published);
    CommandRun received = sub(with(session, "-C", "4", "-v"));
    assertSucceeded(received);
    String topic = "lines/" + qos;
    assertThat(received.out())
        .isEqualTo("%1$s one\n%1$s (null)\n%1$s two\r\n%1$s last\n".formatted(topic));
  }

  private static String[] with(String[] first, String... more) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void manyLinesAtQos1AreAllAcknowledged() {
    String[] session = {"-i", "many", "-c", "-t", "many", "-q", "1"};
    assertSucceeded(sub(with(session, "-E")));
    var input = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      input.append(i).append('\n');
    }

    assertSucceeded(
        CommandRun.withInput(
            input.toString(),
            args("pub", new String[] {"-t", "many", "-l", "-q", "1", "-M", "50"})));

    assertThat(sub(with(session, "-C", "500")).out()).isEqualTo(input.toString());
  }

  @Test
  void aMessageComesFromAFileFromStandardInputOrFromNothing(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("message"), new byte[] {1, (byte) 0xFF, '\n'});
    assertSucceeded(pub("-r", "-t", "from/1file", "-f", file.toString()));
    assertSucceeded(
        CommandRun.withInput(
            "a\nb\n", args("pub", new String[] {"-r", "-t", "from/2input", "-s"})));

    assertThat(Mosquitto.sub(broker.mqttPort(), "-t", "from/#", "-C", "2", "-F", "%t %x"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("from/1file 01ff0a\nfrom/2input 610a620a\n");

    assertSucceeded(pub("-r", "-t", "from/2input", "-n"));
    assertThat(sub("-t", "from/#", "-C", "1", "-F", "%t").out()).isEqualTo("from/1file\n");
    assertThat(CommandRun.of(args("sub", new String[] {"-t", "from/2input", "-W", "1"})).status())
        .isEqualTo(27);
  }

  @Test
  void aMessageIsRepeated() {
    String[] session = {"-i", "repeat", "-c", "-t", "repeat", "-q", "1"};
    assertSucceeded(sub(with(session, "-E")));

    assertSucceeded(
        pub("-t", "repeat", "-m", "x", "-q", "1", "--repeat", "3", "--repeat-delay", "0.01"));

    assertThat(sub(with(session, "-C", "3")).out()).isEqualTo("x\nx\nx\n");
  }

  @Test
  void whatIsFilteredOutIsNeitherPrintedNorCounted() {
    assertSucceeded(pub("-r", "-t", "filter/a", "-m", "a"));
    assertSucceeded(pub("-r", "-t", "filter/b", "-m", "b"));

    assertThat(sub("-t", "filter/#", "-T", "+/a", "-C", "1").out()).isEqualTo("b\n");
  }

  @Test
  void retainedMessagesAreRemoved() {
    assertSucceeded(pub("-r", "-t", "old", "-m", "x"));

    assertThat(sub("-t", "old", "--remove-retained", "-C", "1").out()).isEqualTo("x\n");

    assertThat(CommandRun.of(args("sub", new String[] {"-t", "old", "-W", "1"})).out()).isEmpty();
  }

  @Test
  void aJsonPayloadIsPrintedAsJsonOrRefused() {
    assertSucceeded(pub("-r", "-t", "json/yes", "-m", "{\"a\": [1, null]}"));
    assertSucceeded(pub("-r", "-t", "json/no", "-m", "{a"));

    assertThat(sub("-t", "json/yes", "-C", "1", "-F", "%J").out())
        .contains("\"topic\":\"json/yes\"", "\"payloadlen\":16", "\"payload\":{\"a\":[1,null]}");
    assertThat(sub("-t", "json/yes", "-C", "1", "-F", "%j").out())
        .contains("\"payload\":\"{\\\"a\\\": [1, null]}\"");
    assertThat(sub("-t", "json/no", "-C", "1", "-F", "%J").err())
        .isEqualTo("Error: Message payload is not valid JSON on topic json/no.\n");
  }

  @Test
  void aUrlNamesHostPortAndTopic() {
    String url = "mqtt://127.0.0.1:%d/by/url".formatted(broker.mqttPort());

    assertSucceeded(CommandRun.of("pub", "-L", url, "-r", "-m", "x"));

    assertThat(CommandRun.of("sub", "-L", url, "-C", "1", "-v").out()).isEqualTo("by/url x\n");
  }

  @Test
  void debugShowsThePackets() {
    CommandRun run = pub("-t", "debug", "-m", "x", "-q", "2", "-d");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains("sending CONNECT", "received CONNACK (0)", "received PUBREC (Mid: 1, RC:0)")
        .contains("sending PUBLISH (d0, q2, r0, m1, 'debug', ... (1 bytes))")
        .endsWith("sending DISCONNECT (0)\n");
  }

  @Test
  void aBrokerThatRefusesIsToldInOneLine() throws Exception {
    try (Mosquitto closed = Mosquitto.start(false)) {
      CommandRun run =
          CommandRun.of("sub", "-p", String.valueOf(closed.port()), "-t", "x", "-V", "5");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo("noctule sub: the broker refused the connection: not authorized (0x87)\n");
    }
  }
}
