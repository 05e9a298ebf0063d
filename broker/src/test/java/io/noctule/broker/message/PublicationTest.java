package io.noctule.broker.message;

import static io.noctule.protocol.packet.QoS.AT_LEAST_ONCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.broker.Messages;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.UserProperty;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_EXPIRY = 4_294_967_295L;

  private static Publication view(ByteBuf payload) {
    return Publication.view(
        TopicName.of("t"), payload, AT_LEAST_ONCE, false, PublishProperties.NONE, "p", 0);
  }

  private static Publication expiring(long seconds, long now) {
    return Messages.expiring("t", "m", AT_LEAST_ONCE, seconds, now);
  }

  @Test
  void aViewFollowsItsBufferUntilItIsKept() {
    ByteBuf buffer = Unpooled.copiedBuffer("-payload-", UTF_8);
    Publication publication = view(buffer.slice(1, 7));
    assertThat(Messages.text(publication)).isEqualTo("payload");
    assertThat(publication.keep()).isSameAs(publication);
    ByteBuf kept = publication.payload();
    buffer.setZero(0, buffer.capacity());
    buffer.release();

    assertThat(Messages.text(publication)).isEqualTo("payload");
    assertThat(publication.keep().payload()).as("copied once").isSameAs(kept);
  }

  @Test
  void keepingConsumesNothing() {
    ByteBuf buffer = Unpooled.copiedBuffer("payload", UTF_8);
    view(buffer).keep();

    assertThat(buffer.readerIndex()).isZero();
    assertThat(buffer.refCnt()).isOne();
  }

  @Test
  void withoutAnIntervalNeverExpires() {
    Publication publication = Messages.message("t", "m", AT_LEAST_ONCE);
    assertThat(publication.expires()).isFalse();
    assertThat(publication.isExpired(Long.MAX_VALUE)).isFalse();
    assertThat(publication.isExpired(Long.MIN_VALUE)).isFalse();
    assertThat(publication.propertiesFor(0, List.of())).isSameAs(PublishProperties.NONE);
  }

  @Test
  void anIntervalOfZeroHasPassedAtOnce() {
    Publication publication = expiring(0, 7);
    assertThat(publication.expires()).isTrue();
    assertThat(publication.isExpired(6)).isFalse();
    assertThat(publication.isExpired(7)).isTrue();
  }

  /** The ticker may start anywhere and wrap around. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1_000_000_000L,
        Long.MAX_VALUE - LONGEST_EXPIRY * 1_000_000_000L
      })
  void theLongestIntervalAndTheShortestEndToTheNanosecond(long start) {
    for (long seconds : new long[] {1, LONGEST_EXPIRY}) {
      Publication publication = expiring(seconds, start);
      long end = start + seconds * SECOND;
      assertThat(publication.expires()).isTrue();
      assertThat(publication.isExpired(start)).isFalse();
      assertThat(publication.isExpired(end - 1)).isFalse();
      assertThat(publication.isExpired(end)).isTrue();
      assertThat(publication.isExpired(end + 1_000_000 * SECOND)).isTrue();

      assertThat(remaining(publication, start)).isEqualTo(seconds);
      assertThat(remaining(publication, end - 1)).isEqualTo(1);
    }
  }

  private static long remaining(Publication publication, long now) {
    return publication.propertiesFor(now, List.of()).messageExpirySeconds();
  }

  @Test
  void theRemainingSecondsAreRoundedUp() {
    Publication publication = expiring(10, 0);
    assertThat(remaining(publication, 1)).isEqualTo(10);
    assertThat(remaining(publication, SECOND - 1)).isEqualTo(10);
    assertThat(remaining(publication, SECOND)).isEqualTo(9);
    assertThat(remaining(publication, 20 * SECOND)).as("never 0, which would be useless").isOne();
  }

  @Test
  void subscriptionIdentifiersAreAddedAndTheOtherPropertiesKept() {
    byte[] correlation = {1, 2};
    PublishProperties properties =
        new PublishProperties(
            PublishProperties.PayloadFormat.UTF_8,
            5,
            "answer/here",
            correlation,
            "text/plain",
            List.of(new UserProperty("name", "value")),
            List.of());
    PublishProperties sent =
        Messages.message("t", "m", AT_LEAST_ONCE, false, properties, 0)
            .propertiesFor(2 * SECOND, List.of(3, 4));

    assertThat(sent)
        .isEqualTo(
            new PublishProperties(
                properties.payloadFormat(),
                3,
                properties.responseTopic(),
                correlation,
                properties.contentType(),
                properties.userProperties(),
                List.of(3, 4)));
  }

  @Test
  void memoryGrowsWithTopicAndPayload() {
    int small = Messages.message("t", "", AT_LEAST_ONCE).memoryBytes();
    assertThat(small).isPositive();
    assertThat(Messages.message("t", "12345", AT_LEAST_ONCE).memoryBytes()).isEqualTo(small + 5);
    assertThat(Messages.message("tä", "", AT_LEAST_ONCE).memoryBytes()).isEqualTo(small + 2);
  }
}
