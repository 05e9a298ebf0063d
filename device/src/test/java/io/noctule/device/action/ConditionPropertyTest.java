package io.noctule.device.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.device.Message;
import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Conditions made at random, beside an evaluation that knows what it has written. */
class ConditionPropertyTest {
  private static final String[] WORDS = {
    "a", "b.c", "l[0]", "l[1]", "topic", "payload", "$", "and", "or", "not", "(", ")", "==", "!=",
    "<", "<=", ">", ">=", "1", "-2.5e3", "'x'", "\"", "true", "false", "null", "exists", "exists(",
    ".", "[", "]", "$.", "\\", "é", "=", "!", "&", " ", "\0"
  };

  private static final Message MESSAGE =
      new Message("t", "{\"a\":1,\"b\":{\"c\":true},\"l\":[2,\"x\"]}".getBytes(UTF_8), 0, false);

  /** What was written, and what it is worth. */
  private record Written(String text, boolean value) {}

  @Property(tries = 2_000)
  void isWorthWhatItsPartsAre(@ForAll long seed) {
    Written written = write(new Random(seed), 6);
    assertThat(Condition.parse(written.text()).holds(MESSAGE))
        .as(written.text())
        .isEqualTo(written.value());
  }

  private static Written write(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return switch (random.nextInt(6)) {
        case 0 -> new Written("a == 1", true);
        case 1 -> new Written("l[1] != 'x'", false);
        case 2 -> new Written("b.c", true);
        case 3 -> new Written("exists(z)", false);
        case 4 -> new Written("a < l[0]", true);
        default -> new Written("false", false);
      };
    }
    Written left = write(random, depth - 1);
    return switch (random.nextInt(3)) {
      case 0 -> new Written("not (" + left.text() + ")", !left.value());
      case 1 -> {
        Written right = write(random, depth - 1);
        yield new Written(
            "(" + left.text() + ") and (" + right.text() + ")", left.value() && right.value());
      }
      default -> {
        Written right = write(random, depth - 1);
        yield new Written(
            "(" + left.text() + ") or (" + right.text() + ")", left.value() || right.value());
      }
    };
  }

  @Property(tries = 5_000)
  void anyTextIsAConditionOrHasAColumn(@ForAll long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
    }
    check(text.toString());
  }

  @Property(tries = 1_000)
  void anyCharactersAreAConditionOrHaveAColumn(@ForAll String text) {
    check(text);
  }

  private static void check(String text) {
    try {
      var _ = Condition.parse(text).holds(MESSAGE);
    } catch (ConditionException e) {
      assertThat(e.column()).isBetween(1, text.length() + 1);
    }
  }

  @Property(tries = 1_000)
  void looksAtAnyPayloadWithoutFailing(@ForAll byte[] payload, @ForAll long seed) {
    var conditions = new ArrayDeque<String>();
    conditions.add("a == 1 and $ > 2 or payload == 'x' or b.c[3].d != null or exists(a)");
    conditions.add(write(new Random(seed), 4).text());
    for (String condition : conditions) {
      var _ = Condition.parse(condition).holds(new Message("t", payload, 0, false));
    }
  }
}
