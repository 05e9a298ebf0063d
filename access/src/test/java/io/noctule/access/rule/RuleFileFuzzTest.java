package io.noctule.access.rule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.noctule.access.file.FileFault;
import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands in the file, it is either rules or a fault with a message; never anything else.
 * With {@code JAZZER_FUZZ=1} in the environment it looks for more than the seeds.
 */
class RuleFileFuzzTest {
  private static final Identity WHO = new Identity("c", "u", Set.of("device"), "");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "anonymous: all\ndefault: allow\nrules: []",
            "rules:\n  - allow: both\n    topics: ['#', a/%u, \"%c/+\"]",
            "rules:\n  - deny: [publish]\n    client: 'a*'\n    group: [x]",
            "{",
            "- - -",
            "&a [*a]",
            "? x",
            "\u0000",
            "rules: !!set {a}",
            "--- a\n--- b")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "30s")
  void rules(byte[] input) {
    try {
      RuleSet rules =
          RuleFile.parse(
              Path.of("rules.yaml"), "rules.yaml", new String(input, StandardCharsets.UTF_8));
      if (rules.maySubscribe(WHO, TopicFilter.of("#")).rule().isEmpty()
          || rules.mayPublish(WHO, TopicName.of("a/b")).rule().isEmpty()) {
        throw new AssertionError("a decision without a rule");
      }
    } catch (FileFault e) {
      if (e.getMessage() == null || !e.getMessage().startsWith("rules.yaml")) {
        throw new AssertionError("a fault that does not name the file", e);
      }
    }
  }
}
