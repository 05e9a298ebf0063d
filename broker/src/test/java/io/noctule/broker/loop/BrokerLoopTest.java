package io.noctule.broker.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokerLoopTest {
  private static final int FULL = 65_536;

  private final Logger log = (Logger) LoggerFactory.getLogger(BrokerLoop.class);
  private final ManualLoops loops = new ManualLoops(3);
  private final BrokerLoop source = loops.get(0);
  private final BrokerLoop target = loops.get(1);
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void expectErrors() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void restoreLog() {
    log.setLevel(null);
  }

  private Runnable event(String name) {
    return () -> events.add(name);
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }

  private void post(BrokerLoop to, int commands) {
    for (int i = 0; i < commands; i++) {
      source.post(to, () -> {}, 0);
    }
  }

  @Test
  void commandsLeaveAtTheEndOfTheTurnAndKeepTheirOrder() {
    source.execute(
        () -> {
          source.post(target, event("first"), 0);
          source.post(target, event("second"), 0);
        });
    loops.run(1);
    assertThat(events).isEmpty();
    loops.run(0);
    assertThat(events).as("run by the target only").isEmpty();
    loops.run(1);

    assertThat(events).containsExactly("first", "second");
  }

  @Test
  void aFailingCommandTakesNoOtherAlong() {
    source.post(target, event("before"), 0);
    source.post(target, BrokerLoopTest::fail, 0);
    source.post(target, event("behind"), 0);
    source.execute(BrokerLoopTest::fail);
    source.execute(event("executed"));
    source.schedule(BrokerLoopTest::fail, 1, TimeUnit.SECONDS);
    source.schedule(event("scheduled"), 1, TimeUnit.SECONDS);
    loops.advance(1, TimeUnit.SECONDS);

    assertThat(events).containsExactlyInAnyOrder("executed", "before", "behind", "scheduled");
  }

  @Test
  void aPeriodicCommandThatFailsIsRunAgain() {
    source.scheduleEvery(
        () -> {
          events.add("run");
          throw new IllegalStateException("on purpose");
        },
        1,
        TimeUnit.SECONDS);
    loops.advance(1, TimeUnit.SECONDS);
    loops.advance(1, TimeUnit.SECONDS);

    assertThat(events).containsExactly("run", "run");
  }

  @Test
  void listenersAreToldAtTheEndOfTheTurnInTheOrderOfAsking() {
    source.execute(
        () -> {
          source.atTurnEnd(() -> events.add("a"));
          source.atTurnEnd(() -> events.add("b"));
          events.add("work");
        });
    source.execute(event("more work of the same turn"));
    loops.run();

    assertThat(events).containsExactly("work", "more work of the same turn", "a", "b");
  }

  @Test
  void commandsLeaveBeforeListenersAreTold() {
    source.atTurnEnd(
        () -> {
          loops.run(1);
          events.add("flushed");
        });
    source.post(target, event("handed over"), 0);
    loops.run();

    assertThat(events).containsExactly("handed over", "flushed");
  }

  @Test
  void aListenerThatAsksAnewIsToldAtTheEndOfTheNextTurn() {
    source.atTurnEnd(
        () -> {
          events.add("first");
          source.atTurnEnd(() -> events.add("again"));
          source.execute(event("next turn"));
        });
    loops.run(0);

    assertThat(events).containsExactlyInAnyOrder("first", "again", "next turn").startsWith("first");
  }

  @Test
  void aFailingListenerTakesNoOtherAlong() {
    source.atTurnEnd(BrokerLoopTest::fail);
    source.atTurnEnd(() -> events.add("other"));
    loops.run();
    source.atTurnEnd(() -> events.add("later"));
    loops.run();

    assertThat(events).containsExactly("other", "later");
  }

  @Test
  void isCongestedWhenATargetIsFarBehindAndRelievedWhenItIsNot() {
    post(target, FULL - 1);
    assertThat(source.isCongested()).isFalse();
    post(target, 1);
    assertThat(source.isCongested()).isTrue();
    source.whenRelieved(event("relieved"));

    loops.run(0);
    assertThat(source.isCongested()).as("handed over is not run").isTrue();
    loops.run(1);
    assertThat(source.isCongested()).isFalse();
    assertThat(events).as("told on its own loop").isEmpty();
    loops.run(0);

    assertThat(events).containsExactly("relieved");
    assertThat(ManualLoops.count(source, Counter.READS_PAUSED)).isOne();
  }

  @Test
  void reliefComesThoughTheTargetDrainsABatchBeforeTheNextOneLeaves() {
    post(target, 30_000);
    loops.run(0);
    post(target, 40_000);
    assertThat(source.isCongested()).isTrue();
    source.whenRelieved(event("relieved"));
    loops.run(1); // The first batch alone.
    loops.run();

    assertThat(events).containsExactly("relieved");
  }

  @Test
  void reliefWaitsForEveryTarget() {
    BrokerLoop other = loops.get(2);
    post(target, FULL);
    post(other, FULL);
    source.whenRelieved(event("relieved"));
    loops.run(0);
    loops.run(1);
    loops.run(0);
    assertThat(events).isEmpty();
    loops.run(2);
    loops.run(0);

    assertThat(events).containsExactly("relieved");
  }

  @Test
  void whoIsRelievedMayPauseAgain() {
    post(target, FULL);
    source.whenRelieved(
        () -> {
          events.add("relieved");
          post(target, FULL);
          source.whenRelieved(event("relieved again"));
        });
    loops.run();

    assertThat(events).containsExactly("relieved", "relieved again");
    assertThat(source.isCongested()).isFalse();
  }

  @Test
  void aGroupKnowsItsLoopsByNettysOnly() {
    LoopGroup group = new LoopGroup(source.eventLoop(), Ticker.SYSTEM);
    BrokerLoop loop = group.all().getFirst();

    assertThat(group.of(source.eventLoop())).isSameAs(loop);
    assertThat(loop.index()).isZero();
    assertThatThrownBy(() -> group.of(new EmbeddedChannel().eventLoop()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsAddUp() {
    source.counters().increment(Counter.MESSAGES_SENT);
    source.counters().add(Counter.MESSAGES_SENT, 4);
    long[] sums = new long[Counter.values().length];
    sums[Counter.MESSAGES_SENT.ordinal()] = 10;
    source.counters().addTo(sums);

    assertThat(sums[Counter.MESSAGES_SENT.ordinal()]).isEqualTo(15);
    assertThat(sums[Counter.MESSAGES_RECEIVED.ordinal()]).isZero();
  }
}
