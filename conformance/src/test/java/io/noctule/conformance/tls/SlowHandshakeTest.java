package io.noctule.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.broker.limits.Limits;
import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that begins a handshake and leaves it at that. */
class SlowHandshakeTest {
  @RegisterExtension
  static final BrokerUnderTest BROKER =
      new BrokerUnderTest(builder -> builder.limits(withConnectTimeout(1)));

  private static Limits withConnectTimeout(int seconds) {
    Limits usual = Limits.defaults();
    return new Limits(
        usual.maximumPacketBytes(),
        usual.connectPacketBytes(),
        seconds,
        usual.connections(),
        usual.receiveMaximum(),
        usual.inflightMessages(),
        usual.queuedMessages(),
        usual.queuedBytes(),
        usual.totalQueuedBytes(),
        usual.unsentBytes(),
        usual.topicAliasMaximum(),
        usual.subscriptionsPerSession(),
        usual.sessions(),
        usual.topicLevels(),
        usual.retainedMessages(),
        usual.retainedBytes(),
        usual.sessionExpirySeconds());
  }

  @Test
  void isClosedInTime() {
    try (var events = new RecordedEvents();
        RawClient slow = RawClient.open(BROKER.tlsPort());
        RawClient slowBrowser = RawClient.open(BROKER.webSocketTlsPort())) {
      slow.send(Bytes.hex("16 03 01 02 00 01"));
      slow.readAll();
      slowBrowser.readAll();
      await()
          .untilAsserted(
              () ->
                  assertThat(events.lines())
                      .filteredOn(line -> line.contains("was not finished in time"))
                      .hasSize(2));
    }
  }
}
