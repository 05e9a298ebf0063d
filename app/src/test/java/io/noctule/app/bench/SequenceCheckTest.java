package io.noctule.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SequenceCheckTest {
  private static SequenceCheck after(long... numbers) {
    var check = new SequenceCheck();
    for (long number : numbers) {
      check.accept(number);
    }
    return check;
  }

  @Test
  void messagesInOrderAreNeitherLostNorRepeated() {
    SequenceCheck check = after(0, 1, 2);

    assertThat(check.lostOf(3)).isZero();
    assertThat(check.duplicates()).isZero();
    assertThat(check.outOfOrder()).isZero();
  }

  @Test
  void aJumpOverNumbersLosesThem() {
    assertThat(after(0, 3).lostOf(4)).isEqualTo(2);
  }

  @Test
  void whatNeverCameAtTheEndIsLost() {
    assertThat(after(0, 1).lostOf(5)).isEqualTo(3);
  }

  @Test
  void aNumberThatComesLateIsOutOfOrderAndNotLost() {
    SequenceCheck check = after(0, 2, 1, 3);

    assertThat(check.lostOf(4)).isZero();
    assertThat(check.outOfOrder()).isEqualTo(1);
    assertThat(check.duplicates()).isZero();
  }

  @Test
  void aJumpSettlesWhatItJumpsOver() {
    var check = new SequenceCheck();

    assertThat(check.accept(4)).isEqualTo(5);
    assertThat(check.accept(2)).isZero();
  }

  @Property
  void countsAgreeWithASetOfWhatHasCome(
      @ForAll @Size(max = 200) List<@IntRange(max = 50) Integer> numbers) {
    var check = new SequenceCheck();
    Set<Integer> seen = new HashSet<>();
    long duplicates = 0;
    long late = 0;
    int highest = -1;
    for (int number : numbers) {
      check.accept(number);
      if (!seen.add(number)) {
        duplicates++;
      } else if (number < highest) {
        late++;
      }
      highest = Math.max(highest, number);
    }

    assertThat(check.duplicates()).isEqualTo(duplicates);
    assertThat(check.outOfOrder()).isEqualTo(late);
    assertThat(check.lostOf(51)).isEqualTo(51 - seen.size());
  }
}
