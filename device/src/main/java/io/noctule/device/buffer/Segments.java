package io.noctule.device.buffer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files of a buffer, by the number of their first record. Owned by the buffer's thread. */
final class Segments {
  private static final int MAX_DAMAGED_FILES = 4;
  private static final String DAMAGED = ".damaged";

  private final Path folder;
  private final ChannelOpener opener;
  private final Consumer<String> problems;
  private final TreeMap<Long, Segment> byFirst = new TreeMap<>();

  Segments(Path folder, ChannelOpener opener, Consumer<String> problems) {
    this.folder = folder;
    this.opener = opener;
    this.problems = problems;
  }

  /** Reads what an earlier run has left, cuts torn ends off and sets damage aside. */
  void load() throws IOException {
    List<Segment> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Segment segment = Segment.existing(file, opener);
        if (segment != null) {
          found.add(segment);
        }
      }
    }
    for (Segment segment : found) {
      RecordFormat.Scan scan = segment.scan();
      switch (scan.tail()) {
        case CLEAN -> {}
        case TORN ->
            problems.accept(
                "'%s' of the buffer ends within a record that was being written: cut off"
                    .formatted(segment.file().getFileName()));
        case DAMAGED -> setAside(segment, scan.validBytes());
      }
      segment.take(scan);
      segment.release();
      byFirst.put(segment.first(), segment);
    }
  }

  /** Copies the damaged end of a segment to a file of its own, and keeps the last few of those. */
  void setAside(Segment segment, long offset) throws IOException {
    Path target = folder.resolve(segment.file().getFileName() + DAMAGED);
    segment.copyTail(offset, target);
    problems.accept(
        "'%s' of the buffer is damaged from byte %d on: set aside as '%s'"
            .formatted(segment.file().getFileName(), offset, target.getFileName()));
    List<Path> damaged = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + DAMAGED)) {
      files.forEach(damaged::add);
    }
    damaged.sort(null);
    for (int i = 0; i < damaged.size() - MAX_DAMAGED_FILES; i++) {
      Files.deleteIfExists(damaged.get(i));
    }
  }

  /** Makes the segment that is appended to from now on. */
  Segment create(long first, long nowMillis) throws IOException {
    Segment last = last();
    if (last != null) {
      last.sync();
      last.release();
    }
    Segment segment = Segment.create(folder, opener, first, nowMillis);
    Segment replaced = byFirst.put(first, segment);
    if (replaced != null) {
      // It had no records, and its file is the new one's.
      replaced.release();
    }
    return segment;
  }

  /** Forgets a segment and deletes its file; one that cannot be deleted is told of. */
  void remove(Segment segment) {
    byFirst.remove(segment.first());
    try {
      segment.delete();
    } catch (IOException e) {
      problems.accept(
          "'%s' of the buffer cannot be deleted: %s"
              .formatted(segment.file().getFileName(), e.getMessage()));
    }
  }

  @Nullable Segment oldest() {
    return value(byFirst.firstEntry());
  }

  @Nullable Segment last() {
    return value(byFirst.lastEntry());
  }

  /** The segment that holds the record, or else the first one after it. */
  @Nullable Segment from(long sequence) {
    Segment before = value(byFirst.floorEntry(sequence));
    return before != null && sequence < before.end()
        ? before
        : value(byFirst.higherEntry(sequence));
  }

  /** How much of the buffer's limit all take. */
  long cost() {
    long cost = 0;
    for (Segment segment : byFirst.values()) {
      cost += segment.cost();
    }
    return cost;
  }

  /** How many records have a higher number than this one. */
  long recordsAfter(long sequence) {
    long records = 0;
    for (Segment segment : byFirst.values()) {
      records += Math.max(0, segment.end() - Math.max(segment.first(), sequence + 1));
    }
    return records;
  }

  void close() {
    byFirst.values().forEach(Segment::release);
  }

  private static @Nullable Segment value(Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }
}
