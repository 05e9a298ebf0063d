package io.noctule.device.buffer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The records that the disk did not take, with consecutive numbers. Bounded: beyond 1,000 records
 * or 1 MiB the oldest go. Owned by the buffer's thread.
 */
final class Overflow {
  private static final int MAX_RECORDS = 1_000;
  private static final long MAX_BYTES = 1 << 20;

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  /**
   * Adds a record.
   *
   * @return the number of the last record that had to go for it, else -1
   */
  long add(Entry entry) {
    entries.addLast(entry);
    bytes += entry.bytes().length;
    long gone = -1;
    while (entries.size() > MAX_RECORDS || (bytes > MAX_BYTES && entries.size() > 1)) {
      Entry oldest = removeFirst();
      gone = oldest == null ? gone : oldest.sequence();
    }
    return gone;
  }

  /** Forgets all records up to a number. */
  void removeUpTo(long sequence) {
    Entry first = entries.peekFirst();
    while (first != null && first.sequence() <= sequence) {
      var _ = removeFirst();
      first = entries.peekFirst();
    }
  }

  @Nullable Entry first() {
    return entries.peekFirst();
  }

  @Nullable Entry removeFirst() {
    Entry first = entries.pollFirst();
    if (first != null) {
      bytes -= first.bytes().length;
    }
    return first;
  }

  /** The first record whose number is not lower. */
  @Nullable Entry from(long sequence) {
    for (Entry entry : entries) {
      if (entry.sequence() >= sequence) {
        return entry;
      }
    }
    return null;
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }
}
