package io.noctule.broker.session;

import io.noctule.protocol.packet.QoS;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever is published and whenever the network breaks: at QoS 1 nothing is lost, at QoS 2 nothing
 * is lost or doubled, each quality keeps its order, and the window is never exceeded.
 */
class SessionHistoryPropertyTest {
  sealed interface Step {
    record Publish(QoS qos) implements Step {}

    record ClientReads() implements Step {}

    record BrokerReads() implements Step {}

    record Writable(boolean value) implements Step {}

    record Pump() implements Step {}

    record Disconnect() implements Step {}

    record Connect(int receiveMaximum, boolean writable) implements Step {}
  }

  @Property(tries = 1_000)
  void promisesAreKeptOverAnyHistory(@ForAll("histories") List<Step> steps) {
    SessionHistory history = new SessionHistory();
    for (Step step : steps) {
      switch (step) {
        case Step.Publish publish -> history.publish(publish.qos);
        case Step.ClientReads _ -> history.clientReads();
        case Step.BrokerReads _ -> history.brokerReads();
        case Step.Writable writable -> history.writable(writable.value);
        case Step.Pump _ -> history.pump();
        case Step.Disconnect _ -> history.disconnect();
        case Step.Connect connect -> history.connect(connect.receiveMaximum, connect.writable);
      }
    }
    history.settle();
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(QoS.class).map(Step.Publish::new)),
            Tuple.of(6, Arbitraries.just(new Step.ClientReads())),
            Tuple.of(6, Arbitraries.just(new Step.BrokerReads())),
            Tuple.of(2, Arbitraries.of(true, false).map(Step.Writable::new)),
            Tuple.of(2, Arbitraries.just(new Step.Pump())),
            Tuple.of(1, Arbitraries.just(new Step.Disconnect())),
            Tuple.of(3, connects()));
    return step.list().ofMinSize(20).ofMaxSize(150);
  }

  private static Arbitrary<Step> connects() {
    return Combinators.combine(Arbitraries.integers().between(1, 6), Arbitraries.of(true, false))
        .as(Step.Connect::new);
  }
}
