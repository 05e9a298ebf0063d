package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static Publication publication(int qos, int bytes) {
    return new Publication("test", new byte[bytes], qos, false);
  }

  private static Publication added(Outbox outbox, int qos) {
    Publication publication = publication(qos, 1);
    assertThat(outbox.admit(publication)).isTrue();
    outbox.add(publication);
    return publication;
  }

  @Test
  void admitsUpToItsNumberOfMessages() {
    var outbox = new Outbox(2, 100);
    Publication first = added(outbox, 0);
    added(outbox, 0);
    assertThat(outbox.admit(publication(0, 1))).isFalse();
    assertThat(outbox.unsent()).isEqualTo(2);

    assertThat(outbox.take()).isSameAs(first);
    assertThat(outbox.admit(publication(0, 1))).as("in flight counts").isFalse();
    outbox.succeeded(first);
    assertThat(first.sent).isCompleted();
    assertThat(outbox.admit(publication(0, 1))).isTrue();
  }

  @Test
  void admitsUpToItsNumberOfBytes() {
    var outbox = new Outbox(10, 5);
    assertThat(outbox.admit(publication(0, 6))).isFalse();
    assertThat(outbox.admit(publication(0, 5))).isTrue();
    assertThat(outbox.admit(publication(0, 1))).isFalse();
  }

  @Test
  void interruptedMessagesOfQos1WaitAgainInOrderBeforeAllOthers() {
    var outbox = new Outbox(10, 100);
    Publication[] sent = {added(outbox, 1), added(outbox, 0), added(outbox, 2), added(outbox, 1)};
    for (Publication each : sent) {
      assertThat(outbox.take()).isSameAs(each);
    }
    Publication later = added(outbox, 0);

    outbox.interrupt();

    assertThat(sent[1].sent).isCompletedExceptionally();
    assertThat(sent[2].sent).isCompletedExceptionally();
    assertThat(
            new @Nullable Publication[] {
              outbox.take(), outbox.take(), outbox.take(), outbox.take()
            })
        .containsExactly(sent[0], sent[3], later, null);
    assertThat(outbox.unsent()).isEqualTo(3);
  }

  @Test
  void failsAll() {
    var outbox = new Outbox(10, 100);
    Publication inFlight = added(outbox, 1);
    assertThat(outbox.take()).isSameAs(inFlight);
    Publication waiting = added(outbox, 1);
    outbox.failAll(new DeviceException("closed"));
    assertThat(inFlight.sent).isCompletedExceptionally();
    assertThat(waiting.sent).isCompletedExceptionally();
    assertThat(outbox.unsent()).isZero();
    outbox.succeeded(inFlight);
    assertThat(outbox.unsent()).isZero();
  }
}
