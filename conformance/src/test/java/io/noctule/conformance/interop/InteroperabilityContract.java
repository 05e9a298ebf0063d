package io.noctule.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.interop.PublicClient.Connection;
import io.noctule.conformance.interop.PublicClient.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What any client library must manage with our broker. A subclass brings in the library. */
abstract class InteroperabilityContract {
  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  /** Makes names of one test differ from those of all others on the same broker. */
  private static final AtomicInteger TESTS = new AtomicInteger();

  private final String scope = "interop" + TESTS.incrementAndGet();
  private final List<PublicClient> clients = new ArrayList<>();

  /** A new client, not yet connected. */
  abstract PublicClient newClient() throws Exception;

  /** Whether CONNACK tells this client that the broker has a session of it. */
  boolean isToldAboutItsSession() {
    return true;
  }

  /** The port that this client speaks to. */
  int port() {
    return BROKER.port();
  }

  @AfterEach
  void closeClients() {
    clients.forEach(PublicClient::close);
  }

  private PublicClient client() throws Exception {
    PublicClient client = newClient();
    clients.add(client);
    return client;
  }

  private PublicClient connected(String name) throws Exception {
    PublicClient client = client();
    client.connect(Connection.to(port(), scope + name));
    return client;
  }

  private String topic(String name) {
    return scope + "/" + name;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void publishesAndReceivesInOrderAtEachQos(int qos) throws Exception {
    PublicClient subscriber = connected("subscriber");
    PublicClient publisher = connected("publisher");
    assertThat(subscriber.subscribe(topic("+"), qos)).isEqualTo(qos);

    List<Message> sent =
        IntStream.range(0, 10)
            .mapToObj(i -> Message.of(topic("each"), "Grüße, ☃ " + i, qos))
            .toList();
    sent.forEach(publisher::publish);

    for (Message message : sent) {
      assertThat(subscriber.receive()).isEqualTo(message);
    }
  }

  @Test
  void receivesAtTheLowerOfBothQos() throws Exception {
    PublicClient subscriber = connected("subscriber");
    PublicClient publisher = connected("publisher");
    subscriber.subscribe(topic("#"), 1);

    publisher.publish(Message.of(topic("low"), "from 2 to 1", 2));
    publisher.publish(Message.of(topic("low"), "stays 0", 0));

    assertThat(subscriber.receive()).isEqualTo(Message.of(topic("low"), "from 2 to 1", 1));
    assertThat(subscriber.receive()).isEqualTo(Message.of(topic("low"), "stays 0", 0));
  }

  @Test
  void findsTheRetainedMessageWhenItSubscribesLater() throws Exception {
    PublicClient publisher = connected("publisher");
    Message kept = Message.of(topic("kept"), "last value", 1).retained();
    publisher.publish(Message.of(topic("kept"), "former value", 1).retained());
    publisher.publish(kept);
    publisher.publish(Message.of(topic("cleared"), "gone", 1).retained());
    publisher.publish(Message.of(topic("cleared"), "", 1).retained());

    PublicClient subscriber = connected("subscriber");
    subscriber.subscribe(topic("#"), 1);
    publisher.publish(Message.of(topic("end"), "no more", 1));

    assertThat(subscriber.receive()).isEqualTo(kept);
    assertThat(subscriber.receive()).isEqualTo(Message.of(topic("end"), "no more", 1));
  }

  @Test
  void hasItsWillPublishedWhenTheNetworkFails() throws Exception {
    PublicClient witness = connected("witness");
    witness.subscribe(topic("status"), 1);
    Message will = Message.of(topic("status"), "gone without a word", 1);

    try (SeverableNetwork network = SeverableNetwork.to(port())) {
      client().connect(Connection.to(network.port(), scope + "mortal").withWill(will));
      network.sever();

      assertThat(witness.receive()).isEqualTo(will);
    }
  }

  @Test
  void hasNoWillPublishedWhenItDisconnects() throws Exception {
    PublicClient witness = connected("witness");
    witness.subscribe(topic("#"), 1);
    PublicClient leaving = client();
    leaving.connect(
        Connection.to(port(), scope + "leaving")
            .withWill(Message.of(topic("status"), "must not appear", 1)));

    leaving.publish(Message.of(topic("word"), "goodbye", 1));
    leaving.disconnect();
    connected("other").publish(Message.of(topic("word"), "after it", 1));

    assertThat(witness.receive()).isEqualTo(Message.of(topic("word"), "goodbye", 1));
    assertThat(witness.receive()).isEqualTo(Message.of(topic("word"), "after it", 1));
  }

  @Test
  void sharesASubscriptionWithOthers() throws Exception {
    String filter = "$share/workers/" + topic("jobs");
    PublicClient first = connected("first");
    PublicClient second = connected("second");
    first.subscribe(filter, 1);
    second.subscribe(filter, 1);
    // A private end mark for each, sent last on the same way, tells that all jobs have come.
    first.subscribe(topic("end"), 1);
    second.subscribe(topic("end"), 1);
    PublicClient publisher = connected("publisher");

    List<String> jobs = IntStream.range(0, 20).mapToObj(i -> "job " + i).toList();
    jobs.forEach(job -> publisher.publish(Message.of(topic("jobs"), job, 1)));
    publisher.publish(Message.of(topic("end"), "end", 1));

    List<String> byFirst = receiveUntilEnd(first);
    List<String> bySecond = receiveUntilEnd(second);
    assertThat(byFirst).isNotEmpty();
    assertThat(bySecond).isNotEmpty();
    List<String> all = new ArrayList<>(byFirst);
    all.addAll(bySecond);
    assertThat(all).containsExactlyInAnyOrderElementsOf(jobs);
  }

  private static List<String> receiveUntilEnd(PublicClient client) {
    List<String> payloads = new ArrayList<>();
    for (String next = client.receive().payload();
        !next.equals("end");
        next = client.receive().payload()) {
      payloads.add(next);
    }
    return payloads;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void takesItsSessionUpAgainWithWhatCameMeanwhile(int qos) throws Exception {
    Connection keeping = Connection.to(port(), scope + "keeping").keepingSession();
    PublicClient before = client();
    assertThat(before.connect(keeping)).as("session present at first").isFalse();
    before.subscribe(topic("#"), 2);
    before.disconnect();

    PublicClient publisher = connected("publisher");
    List<Message> sent =
        IntStream.range(0, 6)
            .mapToObj(i -> Message.of(topic("meanwhile"), "message " + i, qos))
            .toList();
    sent.forEach(publisher::publish);

    PublicClient after = client();
    assertThat(after.connect(keeping)).as("session present").isEqualTo(isToldAboutItsSession());
    for (Message message : sent) {
      assertThat(after.receive()).isEqualTo(message);
    }
  }

  @Test
  void exchangesALargeMessage() throws Exception {
    PublicClient subscriber = connected("subscriber");
    PublicClient publisher = connected("publisher");
    subscriber.subscribe(topic("large"), 2);
    Message large = Message.of(topic("large"), "0123456789abcdef".repeat(16 * 1024), 2);

    publisher.publish(large);

    assertThat(subscriber.receive()).isEqualTo(large);
  }
}
