package io.noctule.broker.session;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;
import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.noctule.broker.BrokerParts;
import io.noctule.broker.Messages;
import io.noctule.broker.TestLimits;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.ManualLoops;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What waits for a client is bounded; what does not fit is dropped and counted, the newest first.
 */
class QueueLimitsTest {
  private static final long MESSAGE_BYTES = Messages.message("t", "a", AT_LEAST_ONCE).memoryBytes();
  private static final long PLENTY = 1 << 30;
  private static final long LEASE_STEP_BYTES = 64 * 1024;
  // One a step.
  private static final int LARGE_BYTES = 60_000;

  private BrokerParts parts = new BrokerParts();

  private Client absent(TestLimits limits) {
    parts = new BrokerParts(limits.build(), new ManualLoops(1));
    return absent("client");
  }

  private Client absent(String clientId) {
    Client client = new Client(parts, clientId);
    client.connect(new RecordingLink(), NEVER_EXPIRES);
    client.disconnect();
    return client;
  }

  @Test
  void messages() {
    Client client = absent(TestLimits.DEFAULT.queued(2, PLENTY, PLENTY));
    client.receives(AT_LEAST_ONCE, "a", "b", "c");

    assertThat(client.session().queuedMessages()).isEqualTo(2);
    assertThat(client.count(Counter.DROPPED_QUEUE_FULL)).isEqualTo(1);
    assertThat(client.reconnect().takeTexts()).containsExactly("a", "b");
  }

  @Test
  void theOperatorIsToldOnceThatMessagesAreDropped() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.noctule.broker.events");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    try {
      Client client = absent(TestLimits.DEFAULT.queued(2, PLENTY, PLENTY));
      client.receives(AT_LEAST_ONCE, "a", "b", "c", "d");

      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly(
              "client client: 2 messages wait, the limit; new ones at QoS 1 and 2 are dropped");
    } finally {
      logger.detachAppender(lines);
      logger.setAdditive(true);
    }
  }

  @Test
  void bytesOfASession() {
    Client client = absent(TestLimits.DEFAULT.queued(100, 2 * MESSAGE_BYTES, PLENTY));
    client.receives(AT_LEAST_ONCE, "a", "bb", "c", "d");

    assertThat(client.count(Counter.DROPPED_QUEUE_FULL)).isEqualTo(2);
    assertThat(client.reconnect().takeTexts()).containsExactly("a", "c");
  }

  /** Sessions take from the budget in steps, so the limit is met a little early. */
  @Test
  void bytesOfAllSessions() {
    long total = 10 * LEASE_STEP_BYTES;
    Client first = absent(TestLimits.DEFAULT.queued(1_000, PLENTY, total));
    Client second = absent("second");
    for (int i = 0; i < 20; i++) {
      first.receives(Messages.large("t", LARGE_BYTES, AT_LEAST_ONCE, false));
      second.receives(Messages.large("t", LARGE_BYTES, AT_LEAST_ONCE, false));
      assertThat(parts.budget().usedBytes()).isLessThanOrEqualTo(total);
    }
    int queued = first.session().queuedMessages() + second.session().queuedMessages();
    assertThat(queued).isBetween(8, 10);
    assertThat(parts.count(Counter.DROPPED_QUEUE_FULL)).isEqualTo(40 - queued);

    first.session().end();
    second.receives(AT_LEAST_ONCE, "there is room again");
    assertThat(second.reconnect().takeTexts()).endsWith("there is room again");
    for (int id = 1; second.session().inFlightMessages() > 0; id++) {
      second.session().onPubAck(id);
    }
    assertThat(parts.budget().usedBytes()).isZero();
  }

  @Test
  void bytesOfTheWindowCountToo() {
    Client client = absent(TestLimits.DEFAULT.queued(100, 2 * MESSAGE_BYTES, PLENTY));
    client.reconnect();
    client.receives(AT_LEAST_ONCE, "a", "b", "c");
    assertThat(client.link().takeTexts()).containsExactly("a", "b");
    assertThat(client.count(Counter.DROPPED_QUEUE_FULL)).isEqualTo(1);

    client.session().onPubAck(1);
    client.receives(AT_LEAST_ONCE, "d");
    assertThat(client.link().takeTexts()).containsExactly("d");
  }

  @Test
  void withoutAQueueAConnectedClientGetsItsMessages() {
    Client client = absent(TestLimits.DEFAULT.queued(0, PLENTY, PLENTY));
    client.receives(AT_LEAST_ONCE, "absent");
    client.reconnect();
    client.receives(AT_LEAST_ONCE, "present");

    assertThat(client.link().takeTexts()).containsExactly("present");
    assertThat(client.count(Counter.DROPPED_QUEUE_FULL)).isEqualTo(1);
  }

  @Test
  void aQueueThatWasFullTakesMessagesAgainWhenThereIsRoom() {
    Client client = absent(TestLimits.DEFAULT.queued(1, PLENTY, PLENTY));
    client.receives(AT_LEAST_ONCE, "a", "b");
    client.reconnect();
    client.disconnect();
    client.receives(AT_LEAST_ONCE, "c");

    assertThat(client.session().queuedMessages()).isEqualTo(1);
    assertThat(client.count(Counter.DROPPED_QUEUE_FULL)).isEqualTo(1);
  }

  @Test
  void theEndOfASessionGivesItsShareBack() {
    Client client = absent(TestLimits.DEFAULT);
    client.receives(AT_LEAST_ONCE, "a", "b");
    client.session().end();

    assertThat(parts.budget().usedBytes()).isZero();
    assertThat(client.session().queuedMessages()).isZero();
  }

  @Test
  void aSessionThatEndsWithItsConnectionQueuesNothingForAnAbsentClient() {
    Client client = new Client(parts, "client");
    client.connect(new RecordingLink(), 0);
    client.disconnect();
    client.receives(AT_LEAST_ONCE, "a");

    assertThat(client.session().queuedMessages()).isZero();
    assertThat(parts.budget().usedBytes()).isZero();
  }
}
