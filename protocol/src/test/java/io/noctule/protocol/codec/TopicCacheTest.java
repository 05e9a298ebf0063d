package io.noctule.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.topic.TopicName;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCacheTest {
  private final TopicCache cache = new TopicCache();

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "1234567", "12345678", "123456789", "sensor_data/é/中/😀"})
  void givesARepeatedTopicAgain(String text) throws ProtocolException {
    assertThat(get(text).text()).isEqualTo(text);
    assertThat(get(text)).isSameAs(get(text));
  }

  @Test
  void tellsApartTopicsThatDifferInOneByte() throws ProtocolException {
    for (int length = 1; length < 40; length++) {
      String text = "t".repeat(length);
      for (int i = 0; i < length; i++) {
        String other = text.substring(0, i) + 'u' + text.substring(i + 1);
        assertThat(get(text).text()).isEqualTo(text);
        assertThat(get(other).text()).isEqualTo(other);
      }
    }
  }

  @Test
  void keepsTheTopicsOfAClientThatHasAFew() throws ProtocolException {
    Set<TopicName> made = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 8; i++) {
        made.add(get("factory/line-" + i + "/temperature"));
      }
    }
    // Eight, and some more while the cache grew.
    assertThat(made).hasSizeLessThan(30);
  }

  @Test
  void doesNotKeepLongTopics() throws ProtocolException {
    String text = "x".repeat(257);

    assertThat(get(text)).isEqualTo(get(text)).isNotSameAs(get(text));
  }

  private TopicName get(String text) throws ProtocolException {
    byte[] utf8 = text.getBytes(UTF_8);
    ByteBuf in = Unpooled.buffer().writeShort(utf8.length).writeBytes(utf8);
    return cache.get(in, 2, utf8.length);
  }
}
