package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.SettableClock;
import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Silence and its end. The broker's clock jumps; no test waits for time to pass. */
class KeepAliveTest {
  private static final int KEEP_ALIVE_TIMEOUT = 0x8D;

  private final SettableClock clock = new SettableClock();

  @RegisterExtension
  final BrokerUnderTest broker = new BrokerUnderTest(builder -> builder.ticker(clock));

  private Peer connect(Version version, Connect connect) {
    Peer peer = Peer.open(broker.port(), version);
    assertThat(peer.connect(connect).reasonCode()).isZero();
    return peer;
  }

  @EachVersion
  @Normative("MQTT-3.1.2-22")
  void aSilentClientIsClosedAfterOneAndAHalfIntervals(Version version) {
    try (Peer silent = connect(version, Connect.as("silent").keepAlive(60));
        Peer patient = connect(version, Connect.as("patient").keepAlive(100));
        Peer endless = connect(version, Connect.as("endless").keepAlive(0))) {
      clock.advance(Duration.ofSeconds(95));

      silent.expectClosedFor(KEEP_ALIVE_TIMEOUT);
      patient.expectNothingBeforePong();
      endless.expectNothingBeforePong();
    }
  }

  @EachVersion
  @Normative("MQTT-3.1.2-22")
  void oneAndAHalfIntervalsAreGranted(Version version) {
    try (Peer slow = connect(version, Connect.as("slow").keepAlive(60));
        Peer silent = connect(version, Connect.as("silent").keepAlive(50))) {
      for (int i = 0; i < 3; i++) {
        clock.advance(Duration.ofSeconds(70));
        slow.expectNothingBeforePong();
      }

      // Closed by the sweep that has let the other one live.
      clock.advance(Duration.ofSeconds(10));
      silent.expectClosedFor(KEEP_ALIVE_TIMEOUT);
      slow.expectNothingBeforePong();
    }
  }

  @EachVersion
  @Normative({"MQTT-3.1.2-22", "MQTT-3.1.2-8"})
  void theWillOfASilentClientIsPublished(Version version) {
    try (Peer witness = connect(version, Connect.as("witness"));
        Peer silent =
            connect(version, Connect.as("silent").keepAlive(10).will(Publish.of("will", "x")))) {
      witness.subscribe("will", 0);

      clock.advance(Duration.ofSeconds(16));

      assertThat(witness.receive().payload()).isEqualTo("x");
      silent.expectClosedFor(KEEP_ALIVE_TIMEOUT);
    }
  }

  @Test
  void aConnectionWithoutConnectIsClosed() {
    try (Peer mute = Peer.open(broker.port(), Version.V3_1_1);
        Peer halting = Peer.open(broker.port(), Version.V3_1_1)) {
      halting.network().send(Bytes.hex("10 20 00 04 4d"));
      // Each connection is known to the broker when a later one is answered on the same port.
      for (int i = 0; i < 6; i++) {
        connect(Version.V3_1_1, Connect.as("later" + i)).close();
      }

      clock.advance(Duration.ofSeconds(60));

      mute.network().expectClosed();
      halting.network().expectClosed();
    }
  }
}
