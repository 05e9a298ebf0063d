package io.noctule.broker.session;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;
import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.BrokerParts;
import io.noctule.broker.TestLimits;
import io.noctule.broker.loop.ManualLoops;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The message of a client that is gone is published once, at its time, or not at all. */
class WillTest {
  private final BrokerParts parts =
      new BrokerParts(TestLimits.DEFAULT.sessionExpiry(1_000).build(), new ManualLoops(1));
  private final Client client = new Client(parts, "client");
  private final RecordingLink observer = observer();

  private RecordingLink observer() {
    Client observing = new Client(parts, "observer");
    observing.connect(new RecordingLink(), NEVER_EXPIRES);
    observing.subscribe("will", AT_LEAST_ONCE);
    return observing.link();
  }

  private static Will will(boolean retain, long delaySeconds) {
    return new Will(
        TopicName.of("will"),
        "gone".getBytes(UTF_8),
        AT_LEAST_ONCE,
        retain,
        delaySeconds,
        PublishProperties.NONE);
  }

  private void losesConnection(long delaySeconds) {
    client.session().onDisconnected(client.link(), will(false, delaySeconds));
  }

  private void advance(long seconds) {
    parts.loops().advance(seconds, TimeUnit.SECONDS);
  }

  @Test
  void withoutADelayIsPublishedAtOnce() {
    client.connect(new RecordingLink(), 100);
    losesConnection(0);

    assertThat(observer.takeTexts()).containsExactly("gone");
  }

  @Test
  void isRetainedWhereAskedFor() {
    client.connect(new RecordingLink(), 0);
    client.session().onDisconnected(client.link(), will(true, 0));

    assertThat(parts.retained().get(TopicName.of("will"), 0)).isNotNull();
    assertThat(observer.takeTexts()).containsExactly("gone");
  }

  @Test
  void waitsForItsDelay() {
    client.connect(new RecordingLink(), 100);
    losesConnection(10);
    advance(9);
    assertThat(observer.takeTexts()).isEmpty();
    advance(1);

    assertThat(observer.takeTexts()).containsExactly("gone");
  }

  @Test
  void isNotPublishedWhenTheClientIsBackInTime() {
    client.connect(new RecordingLink(), 100);
    losesConnection(10);
    advance(9);
    client.connect(new RecordingLink(), 100);
    advance(1_000);

    assertThat(observer.takeTexts()).isEmpty();
  }

  @Test
  void isPublishedWhenTheSessionEndsBeforeTheDelay() {
    client.connect(new RecordingLink(), 5);
    losesConnection(10);
    advance(4);
    assertThat(observer.takeTexts()).isEmpty();
    advance(1);

    assertThat(observer.takeTexts()).containsExactly("gone");
    assertThat(client.session().isEnded()).isTrue();
    advance(100);
    assertThat(observer.takeTexts()).isEmpty();
  }

  @Test
  void isPublishedAtOnceWhenTheSessionIsThrownAway() {
    client.connect(new RecordingLink(), 100);
    losesConnection(10);
    client.session().end();

    assertThat(observer.takeTexts()).containsExactly("gone");
    advance(100);
    assertThat(observer.takeTexts()).isEmpty();
  }

  @Test
  void isNotPublishedAgainWhenTheSessionEndsLater() {
    client.connect(new RecordingLink(), 100);
    losesConnection(10);
    advance(10);
    assertThat(observer.takeTexts()).containsExactly("gone");
    advance(100);

    assertThat(client.session().isEnded()).isTrue();
    assertThat(observer.takeTexts()).isEmpty();
  }

  @Test
  void withoutADelayIsPublishedOnATakeover() {
    assertThat(willsOnTakeover(0)).containsExactly("gone");
  }

  /** [MQTT-3.1.3-9]: the client is back before the delay has passed. */
  @Test
  void withADelayIsNotPublishedOnATakeover() {
    assertThat(willsOnTakeover(10)).isEmpty();
  }

  private List<String> willsOnTakeover(long delaySeconds) {
    RecordingLink former = client.connect(new RecordingLink(), 100);
    former.onClose(() -> client.session().onDisconnected(former, will(false, delaySeconds)));
    client.connect(new RecordingLink(), 100);
    advance(100);
    return observer.takeTexts();
  }

  @Test
  void withADelayIsPublishedAtOnceWhenATakeoverStartsAnew() {
    RecordingLink former = client.connect(new RecordingLink(), 100);
    former.onClose(() -> client.session().onDisconnected(former, will(false, 10)));
    client.session().end();

    assertThat(observer.takeTexts()).containsExactly("gone");
  }
}
