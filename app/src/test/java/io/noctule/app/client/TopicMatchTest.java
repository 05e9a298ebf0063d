package io.noctule.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicMatchTest {
  @ParameterizedTest
  @CsvSource({
    "sport/#, sport, true",
    "sport/#, sport/tennis/1, true",
    "sport/+, sport, false",
    "sport/+, sport/, true",
    "+/+, /finance, true",
    "+, /finance, false",
    "#, $SYS/broker, false",
    "+/broker, $SYS/broker, false",
    "$SYS/#, $SYS/broker, true",
    "a/b, a/b/c, false",
    "a/b/c, a/b, false"
  })
  void filtersMatchAsTheStandardSays(String filter, String topic, boolean matches) {
    assertThat(TopicMatch.matches(TopicFilter.of(filter).levels(), topic)).isEqualTo(matches);
  }
}
