package io.noctule.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerTopicsReservedTest {
  private final Authorizer authorizer = new BrokerTopicsReserved();

  @ParameterizedTest
  @CsvSource({
    "$SYS/a, false",
    "$SYS/, false",
    "$SYS, true",
    "$SYSTEM/a, true",
    "$app/a, true",
    "a/$SYS/b, true",
    "/$SYS/b, true"
  })
  void theBrokerAlonePublishesItsTopics(String topic, boolean allowed) {
    assertThat(authorizer.mayPublish(Identity.anonymous("client"), TopicName.of(topic)).isAllowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$SYS/#", "#", "$share/g/a"})
  void everybodyMaySubscribe(String filter) {
    assertThat(
            authorizer
                .maySubscribe(Identity.anonymous("client"), TopicFilter.of(filter))
                .isAllowed())
        .isTrue();
  }
}
