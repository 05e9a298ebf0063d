package io.noctule.app.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * Follows the sequence numbers of one publisher at one subscriber. Numbers start at 0 and rise by
 * one; in the good case this is one comparison. A number that is jumped over is missing, until it
 * comes late and is then out of order. Owned by the event loop of the run.
 */
final class SequenceCheck {
  private long next;
  private long missing;
  private long duplicates;
  private long outOfOrder;

  /**
   * Ranges of missing numbers, first to last. At most one range a jump: bounded by what the broker
   * loses.
   */
  private final TreeMap<Long, Long> gaps = new TreeMap<>();

  /**
   * Takes the number of a message that has come.
   *
   * @return by how many numbers the sequence has moved on: 1, more where some are missing, 0 where
   *     the number has been passed before
   */
  long accept(long number) {
    if (number == next) {
      next++;
      return 1;
    }
    if (number > next) {
      long skipped = number - next;
      gaps.put(next, number - 1);
      missing += skipped;
      next = number + 1;
      return skipped + 1;
    }
    acceptPassed(number);
    return 0;
  }

  private void acceptPassed(long number) {
    Map.Entry<Long, Long> gap = gaps.floorEntry(number);
    if (gap == null || number > gap.getValue()) {
      duplicates++;
      return;
    }
    long first = gap.getKey();
    long last = gap.getValue();
    gaps.remove(first);
    if (first < number) {
      gaps.put(first, number - 1);
    }
    if (number < last) {
      gaps.put(number + 1, last);
    }
    missing--;
    outOfOrder++;
  }

  /** How many of the first numbers have not come. */
  long lostOf(long sent) {
    return missing + Math.max(0, sent - next);
  }

  long duplicates() {
    return duplicates;
  }

  long outOfOrder() {
    return outOfOrder;
  }
}
