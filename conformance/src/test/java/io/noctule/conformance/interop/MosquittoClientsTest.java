package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** mosquitto_pub and mosquitto_sub with each version of the protocol that they know. */
@ParameterizedClass
@ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
class MosquittoClientsTest {
  private static final String PACKAGE = "mosquitto-clients";
  private static final AtomicInteger TESTS = new AtomicInteger();

  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  @Parameter String version = "";

  private final String scope = "mosquitto" + TESTS.incrementAndGet();
  private final List<ClientProgram> programs = new ArrayList<>();

  @AfterEach
  void endPrograms() {
    programs.forEach(ClientProgram::close);
  }

  private ClientProgram start(String program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program, "-h", "127.0.0.1", "-p", Integer.toString(BROKER.port()), "-V", version));
    command.addAll(List.of(arguments));
    ClientProgram started = ClientProgram.start(PACKAGE, command);
    programs.add(started);
    return started;
  }

  private void publish(String... arguments) {
    start("mosquitto_pub", arguments).finish();
  }

  /**
   * Starts mosquitto_sub and waits for its subscription; each message is a line "> topic qos retain
   * payload".
   */
  private ClientProgram subscribe(String... arguments) {
    ClientProgram subscriber = startSubscriber(arguments);
    subscriber.nextLine(line -> line.startsWith("Subscribed"));
    return subscriber;
  }

  private ClientProgram startSubscriber(String... arguments) {
    List<String> whole = new ArrayList<>(List.of("-d", "-F", "> %t %q %r %p"));
    whole.addAll(List.of(arguments));
    return start("mosquitto_sub", whole.toArray(String[]::new));
  }

  private static String nextMessage(ClientProgram subscriber) {
    return subscriber.nextLine(line -> line.startsWith("> ")).substring(2);
  }

  private String topic(String name) {
    return scope + "/" + name;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void publishAndReceiveAtEachQos(String qos) {
    ClientProgram subscriber = subscribe("-t", topic("+"), "-q", qos, "-C", "2");

    publish("-t", topic("a"), "-m", "first", "-q", qos);
    publish("-t", topic("b"), "-m", "second", "-q", qos);

    assertThat(nextMessage(subscriber)).isEqualTo(topic("a") + " " + qos + " 0 first");
    assertThat(nextMessage(subscriber)).isEqualTo(topic("b") + " " + qos + " 0 second");
    subscriber.finish();
  }

  @Test
  void publishManyLinesInOrder() {
    ClientProgram subscriber = subscribe("-t", topic("lines"), "-q", "2");
    ClientProgram publisher = start("mosquitto_pub", "-t", topic("lines"), "-q", "2", "-l");

    IntStream.range(0, 200).forEach(i -> publisher.say("line " + i));

    for (int i = 0; i < 200; i++) {
      assertThat(nextMessage(subscriber)).isEqualTo(topic("lines") + " 2 0 line " + i);
    }
  }

  @Test
  void findTheRetainedMessage() {
    publish("-t", topic("kept"), "-m", "value", "-q", "1", "-r");

    ClientProgram subscriber = subscribe("-t", topic("#"), "-q", "1", "-C", "1");

    assertThat(nextMessage(subscriber)).isEqualTo(topic("kept") + " 1 1 value");
    subscriber.finish();
  }

  @Test
  void haveTheirWillPublishedWhenTheyAreKilled() {
    ClientProgram witness = subscribe("-t", topic("status"), "-q", "1");
    ClientProgram mortal =
        subscribe(
            "-t",
            topic("other"),
            "--will-topic",
            topic("status"),
            "--will-payload",
            "killed",
            "--will-qos",
            "1");

    mortal.close();

    assertThat(nextMessage(witness)).isEqualTo(topic("status") + " 1 0 killed");
  }

  @Test
  void shareASubscription() {
    String filter = "$share/workers/" + topic("jobs");
    ClientProgram first = subscribe("-t", filter, "-t", topic("end"), "-q", "1");
    ClientProgram second = subscribe("-t", filter, "-t", topic("end"), "-q", "1");

    for (int i = 0; i < 6; i++) {
      publish("-t", topic("jobs"), "-m", "job " + i, "-q", "1");
    }
    publish("-t", topic("end"), "-m", "end", "-q", "1");

    List<String> all = new ArrayList<>(untilEnd(first));
    assertThat(all).as("share of the first").isNotEmpty().hasSizeLessThan(6);
    all.addAll(untilEnd(second));
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 6).mapToObj(i -> topic("jobs") + " 1 0 job " + i).toList());
  }

  private static List<String> untilEnd(ClientProgram subscriber) {
    List<String> messages = new ArrayList<>();
    for (String next = nextMessage(subscriber);
        !next.endsWith(" end");
        next = nextMessage(subscriber)) {
      messages.add(next);
    }
    return messages;
  }

  @Test
  void takeTheirSessionUpAgain() {
    String[] keeping = keepingSession();
    ClientProgram before = subscribe(keeping);
    before.close();

    publish("-t", topic("meanwhile"), "-m", "first", "-q", "1");
    publish("-t", topic("meanwhile"), "-m", "second", "-q", "2");

    ClientProgram after = startSubscriber(keeping);
    assertThat(nextMessage(after)).isEqualTo(topic("meanwhile") + " 1 0 first");
    assertThat(nextMessage(after)).isEqualTo(topic("meanwhile") + " 2 0 second");
  }

  private String[] keepingSession() {
    List<String> arguments =
        new ArrayList<>(
            List.of("-t", topic("meanwhile"), "-q", "2", "-c", "-i", scope + "keeping"));
    if (version.equals("mqttv5")) {
      arguments.addAll(List.of("-x", "3600"));
    }
    return arguments.toArray(String[]::new);
  }
}
