package io.noctule.broker.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class EventLogTest {
  private static final int EVENTS_PER_SECOND = 20;

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.noctule.broker.events");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final EventLog events = new EventLog(now::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void restore() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private List<String> told() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void nextSecond() {
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void tellsEventsWithTheirWeight() {
    events.info("normal");
    events.warn("look here");

    assertThat(told()).containsExactly("normal", "look here");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.INFO, Level.WARN);
  }

  @Test
  void leavesOutWhatIsTooMuchInASecondAndSaysSo() {
    for (int i = 0; i < EVENTS_PER_SECOND + 3; i++) {
      events.warn("event " + i);
    }
    assertThat(told()).hasSize(EVENTS_PER_SECOND).endsWith("event 19");
    nextSecond();
    events.info("next");
    events.info("after");

    assertThat(told()).endsWith("next (3 events before were left out)", "after");
  }

  @Test
  void aSecondIsOverAfterASecond() {
    for (int i = 0; i < EVENTS_PER_SECOND; i++) {
      events.warn("event");
    }
    now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
    events.warn("too early");
    assertThat(told()).hasSize(EVENTS_PER_SECOND);
    now.incrementAndGet();
    events.warn("in time");

    assertThat(told()).hasSize(EVENTS_PER_SECOND + 1);
  }

  @Test
  void whatIsNotLoggedAtThisLevelTakesNoRoom() {
    logger.setLevel(Level.WARN);
    for (int i = 0; i < 10 * EVENTS_PER_SECOND; i++) {
      events.info("quiet");
    }
    events.warn("seen");

    assertThat(told()).containsExactly("seen");
  }

  /** Nothing of a stranger may forge a line, break one, or turn the direction of one around. */
  @ParameterizedTest
  @CsvSource({
    "000a", "000d", "0000", "001b", "007f", "0085", "2028", "2029", "200b", "202e", "2066", "feff"
  })
  void escapesWhatMayForgeALine(String code) {
    events.warn("client a" + (char) Integer.parseInt(code, 16) + "b left");

    assertThat(told()).containsExactly("client a\\u" + code + "b left");
  }

  @Test
  void escapesFormatCharactersBeyondTheFirstPlane() {
    events.warn("a" + Character.toString(0xE0041) + "b");

    assertThat(told().getFirst()).isEqualTo("a\\udb40\\udc41b");
  }

  @Test
  void leavesOrdinaryTextAlone() {
    String text = "client ä漢🦇 {} 100% \\ \"quoted\" left";
    events.warn(text);

    assertThat(told()).containsExactly(text);
  }
}
