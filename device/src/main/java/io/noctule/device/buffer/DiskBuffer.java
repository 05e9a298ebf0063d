package io.noctule.device.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of records on disk: what is appended stays until it is acknowledged, in order, through
 * the end of the process.
 *
 * <p>Promises. When {@link #append} returns, the record is with the operating system: the end of
 * the process, however sudden, loses nothing. What {@link #sync} has returned from is on the disk:
 * a power cut loses what came later. How far it is acknowledged may be forgotten by a power cut;
 * then records come twice. Bounded by {@link BufferLimits}: the oldest records go, counted and
 * told. Where the disk takes nothing, as when it is full, up to 1,000 records or 1 MiB wait in
 * memory, and are written when it takes them again. A record that was not written to its end is cut
 * off at opening; what was damaged since is copied to a file {@code *.damaged} and told.
 *
 * <p>Owned by one thread, which must not be interrupted: an interrupt closes the files under it.
 */
public final class DiskBuffer implements AutoCloseable {
  /** An active segment larger than this is deleted when all of it is acknowledged. */
  private static final long TIDY_BYTES = 64 << 10;

  private final BufferLimits limits;
  private final Clock clock;
  private final Consumer<String> problems;
  private final Segments segments;
  private final Position position;
  private final Losses losses;
  private final Overflow overflow = new Overflow();

  /** The number of the next record. */
  private long next;

  /** All records up to this one are acknowledged or gone. */
  private long acknowledged;

  // The place of reading: the number of the record that is read next, and, where known, its file
  // and offset.
  private long cursor;
  private @Nullable Segment reading;
  private long readingOffset;

  private boolean diskFails;

  private DiskBuffer(
      BufferLimits limits,
      Clock clock,
      Consumer<String> problems,
      Segments segments,
      Position position) {
    this.limits = limits;
    this.clock = clock;
    this.problems = problems;
    this.segments = segments;
    this.position = position;
    this.losses = new Losses(clock, problems);
  }

  /**
   * Opens the buffer of a folder, which is made where it does not exist.
   *
   * @param folder belongs to this buffer alone
   * @param limits how much it may hold
   * @param clock tells how old records are
   * @param problems is told in one line what went wrong while the buffer goes on; called by the
   *     thread that calls the buffer
   * @throws IOException where the folder cannot be used
   */
  public static DiskBuffer open(
      Path folder, BufferLimits limits, Clock clock, Consumer<String> problems) throws IOException {
    return open(folder, limits, clock, problems, FileChannel::open);
  }

  static DiskBuffer open(
      Path folder,
      BufferLimits limits,
      Clock clock,
      Consumer<String> problems,
      ChannelOpener opener)
      throws IOException {
    Files.createDirectories(folder);
    var segments = new Segments(folder, opener, problems);
    segments.load();
    var position = Position.open(folder, opener, problems);
    var buffer = new DiskBuffer(limits, clock, problems, segments, position);
    buffer.begin(position.read());
    return buffer;
  }

  private void begin(long acknowledgedBefore) {
    Segment last = segments.last();
    Segment oldest = segments.oldest();
    next = Math.max(acknowledgedBefore + 1, last == null ? 0 : last.end());
    acknowledged =
        Math.max(acknowledgedBefore, oldest == null ? Position.NONE : oldest.first() - 1);
    cursor = acknowledged + 1;
    // Now, so that it has its place when the disk is full.
    position.write(acknowledged);
    tidy(0);
  }

  // --- Appending

  /**
   * Appends a record.
   *
   * @param content at most a quarter of the buffer's limit and 262,144 bytes
   * @throws IllegalArgumentException where it is larger
   */
  public void append(byte[] content) {
    if (content.length > limits.maxRecordBytes()) {
      throw new IllegalArgumentException(
          "a record must have at most %d bytes, was %d"
              .formatted(limits.maxRecordBytes(), content.length));
    }
    var entry = new Entry(next++, content);
    if (writeOverflow()) {
      try {
        write(entry);
        return;
      } catch (IOException e) {
        diskFails(e);
      }
    }
    Entry oldest = overflow.first();
    long gone = overflow.add(entry);
    if (gone >= 0 && oldest != null) {
      goneFromMemory(oldest.sequence(), gone);
    }
  }

  /** Writes what waits in memory; tells whether nothing waits any more. */
  private boolean writeOverflow() {
    try {
      for (Entry first = overflow.first(); first != null; first = overflow.first()) {
        write(first);
        var _ = overflow.removeFirst();
      }
    } catch (IOException e) {
      diskFails(e);
      return false;
    }
    if (diskFails) {
      diskFails = false;
      problems.accept("the disk takes readings again");
    }
    return true;
  }

  private void write(Entry entry) throws IOException {
    makeRoom(Segment.BLOCK_BYTES + RecordFormat.RECORD_HEAD_BYTES + entry.bytes().length);
    long now = clock.millis();
    Segment active = segments.last();
    if (active == null
        || active.isSealed()
        || active.end() != entry.sequence()
        || active.bytes() >= limits.segmentBytes()
        || now - active.beganMillis() > limits.segmentMillis()) {
      active = segments.create(entry.sequence(), now);
    }
    active.append(entry.bytes(), now);
  }

  private void diskFails(IOException failure) {
    if (!diskFails) {
      diskFails = true;
      problems.accept(
          "the disk does not take readings (%s): the last ones wait in memory"
              .formatted(failure.getMessage()));
    }
  }

  private void makeRoom(long bytes) {
    Segment oldest = segments.oldest();
    while (oldest != null && tooOld(oldest)) {
      drop(oldest, "older than " + limits.maxAge());
      oldest = segments.oldest();
    }
    long cost = segments.cost();
    while (oldest != null && cost + bytes > limits.maxBytes()) {
      cost -= oldest.cost();
      drop(oldest, "the buffer is full (%d bytes)".formatted(limits.maxBytes()));
      oldest = segments.oldest();
    }
  }

  private boolean tooOld(Segment segment) {
    return clock.millis() - segment.appendedMillis() > limits.maxAge().toMillis();
  }

  private void drop(Segment segment, String reason) {
    segments.remove(segment);
    gone(segment.first(), segment.end() - 1, reason);
  }

  /** Records are gone before they were acknowledged. */
  private void gone(long from, long to, String reason) {
    losses.add(to - Math.max(acknowledged, from - 1), reason);
    if (to > acknowledged) {
      acknowledged = to;
      position.write(acknowledged);
    }
    if (cursor <= to) {
      stopReading();
      cursor = to + 1;
    }
  }

  /** Those on disk are older, and stay where they are not acknowledged. */
  private void goneFromMemory(long from, long to) {
    String reason = "the disk takes none, and no more fit in memory";
    if (segments.recordsAfter(acknowledged) == 0) {
      gone(from, to, reason);
      return;
    }
    losses.add(to - from + 1, reason);
    if (cursor >= from && cursor <= to) {
      stopReading();
      cursor = to + 1;
    }
  }

  // --- Reading

  /**
   * The next record that was not read yet since opening or {@link #rewind}.
   *
   * @return null where none waits
   */
  public @Nullable Entry next() {
    while (cursor < next) {
      Segment segment = segments.from(cursor);
      Entry waiting = overflow.from(cursor);
      if (segment == null || (waiting != null && waiting.sequence() < segment.first())) {
        stopReading();
        cursor = waiting == null ? next : waiting.sequence() + 1;
        return waiting;
      }
      Entry entry = read(segment);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /** The record at the cursor or the first one of the segment; null where it is damaged. */
  private @Nullable Entry read(Segment segment) {
    cursor = Math.max(cursor, segment.first());
    try {
      if (reading != segment) {
        stopReading();
        readingOffset = segment.offsetOf(cursor);
        reading = segment;
      }
      byte[] content = readingOffset < 0 ? null : segment.read(readingOffset);
      if (content == null) {
        damaged(segment, readingOffset, null);
        return null;
      }
      readingOffset += RecordFormat.RECORD_HEAD_BYTES + content.length;
      return new Entry(cursor++, content);
    } catch (IOException e) {
      damaged(segment, readingOffset, e);
      return null;
    }
  }

  private void damaged(Segment segment, long offset, @Nullable IOException failure) {
    long end = segment.end();
    losses.add(
        end - cursor,
        failure == null ? "damaged on disk" : "cannot be read (" + failure.getMessage() + ")");
    try {
      if (failure == null && offset >= 0) {
        segments.setAside(segment, offset);
        segment.truncate(offset, cursor - segment.first());
      }
    } catch (IOException e) {
      problems.accept("what is damaged cannot be set aside: " + e.getMessage());
    }
    stopReading();
    cursor = end;
  }

  private void stopReading() {
    if (reading != null && reading != segments.last()) {
      reading.release();
    }
    reading = null;
  }

  /** Has {@link #next} begin again with the first record that is not acknowledged. */
  public void rewind() {
    stopReading();
    cursor = acknowledged + 1;
  }

  // --- Acknowledging

  /**
   * All records up to a number are done, and are deleted some time.
   *
   * @param sequence of a record that {@link #next} has returned; earlier ones than before have no
   *     effect
   * @throws IllegalArgumentException where it was not read yet
   */
  public void acknowledge(long sequence) {
    if (sequence >= cursor) {
      throw new IllegalArgumentException("record %d was not read yet".formatted(sequence));
    }
    if (sequence > acknowledged) {
      acknowledged = sequence;
      position.write(acknowledged);
      overflow.removeUpTo(acknowledged);
      tidy(TIDY_BYTES);
    }
  }

  /** Deletes segments all of whose records are done; the last one where it is large enough. */
  private void tidy(long lastFromBytes) {
    Segment oldest = segments.oldest();
    while (oldest != null
        && oldest.end() <= acknowledged + 1
        && (oldest != segments.last() || oldest.bytes() >= lastFromBytes)) {
      if (oldest == reading) {
        reading = null;
      }
      segments.remove(oldest);
      oldest = segments.oldest();
    }
  }

  /**
   * Has the disk write what was appended and is not acknowledged. Takes as long as the disk does:
   * up to a second on a memory card.
   */
  public void sync() {
    if (waiting() == 0 || !writeOverflow()) {
      return;
    }
    // Only now: what waited in memory may have begun another.
    Segment active = segments.last();
    if (active == null) {
      return;
    }
    try {
      active.sync();
    } catch (IOException e) {
      diskFails(e);
    }
  }

  /** How many records are not acknowledged. */
  public long waiting() {
    return segments.recordsAfter(acknowledged) + overflow.size();
  }

  /** How much of the limit its files take, in bytes. */
  public long bytes() {
    return segments.cost();
  }

  /** How many records were dropped or damaged since opening. */
  public long lost() {
    return losses.count();
  }

  /** Has the disk write what is not acknowledged, and closes the files. */
  @Override
  public void close() {
    sync();
    if (!overflow.isEmpty()) {
      losses.add(overflow.size(), "the disk takes none, and the buffer is closed");
    }
    tidy(0);
    segments.close();
    try {
      position.close();
    } catch (IOException e) {
      problems.accept("the buffer was not closed: " + e.getMessage());
    }
  }
}
