package io.noctule.device.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One file of a buffer: records with consecutive numbers, from the one that is its name. Holds the
 * file open from its first use until {@link #release}. Owned by the buffer's thread.
 */
final class Segment {
  private static final String SUFFIX = ".segment";

  /** What a small file takes on disk all the same. */
  static final long BLOCK_BYTES = 4096;

  private final Path file;
  private final ChannelOpener opener;
  private final long first;

  private long records;
  private long bytes;
  private final long beganMillis;
  private long appendedMillis;
  private boolean unsynced;

  /** Whether the folder's entry of it is on the disk: without it, its content would be lost. */
  private boolean named;

  /** Nothing may be appended any more: what follows the records could not be cut off. */
  private boolean sealed;

  private @Nullable FileChannel channel;

  private Segment(Path file, ChannelOpener opener, long first, long nowMillis) {
    this.file = file;
    this.opener = opener;
    this.first = first;
    this.beganMillis = nowMillis;
    this.appendedMillis = nowMillis;
  }

  /** Makes the file of a segment whose first record will have this number. */
  static Segment create(Path folder, ChannelOpener opener, long first, long nowMillis)
      throws IOException {
    var segment =
        new Segment(folder.resolve("%019d".formatted(first) + SUFFIX), opener, first, nowMillis);
    FileChannel channel =
        opener.open(
            segment.file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    segment.channel = channel;
    try {
      segment.write(channel, RecordFormat.header(), 0);
    } catch (IOException e) {
      segment.delete();
      throw e;
    }
    segment.bytes = RecordFormat.HEADER_BYTES;
    return segment;
  }

  /**
   * A segment of an earlier run, empty until {@link #take} is told what it holds; null where the
   * file is none.
   */
  static @Nullable Segment existing(Path file, ChannelOpener opener) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!name.matches("\\d{19}" + "\\" + SUFFIX)) {
      return null;
    }
    long modified = Files.getLastModifiedTime(file).toMillis();
    var segment =
        new Segment(
            file,
            opener,
            Long.parseLong(name.substring(0, name.length() - SUFFIX.length())),
            modified);
    segment.named = true;
    return segment;
  }

  /** Looks at all records of the file. */
  RecordFormat.Scan scan() throws IOException {
    return RecordFormat.scan(open());
  }

  /** Believes what a scan has found, and cuts off the rest. */
  void take(RecordFormat.Scan scan) throws IOException {
    records = scan.records();
    bytes = Math.max(scan.validBytes(), RecordFormat.HEADER_BYTES);
    FileChannel channel = open();
    if (scan.validBytes() == 0) {
      channel.truncate(0);
      write(channel, RecordFormat.header(), 0);
    } else if (scan.tail() != RecordFormat.Tail.CLEAN) {
      channel.truncate(bytes);
    }
  }

  /** Appends a record; where that fails, the file is as it was before. */
  void append(byte[] content, long nowMillis) throws IOException {
    FileChannel channel = open();
    ByteBuffer record = RecordFormat.encode(content);
    int length = record.remaining();
    try {
      write(channel, record, bytes);
    } catch (IOException e) {
      cut(channel, e);
      throw e;
    }
    bytes += length;
    records++;
    appendedMillis = nowMillis;
    unsynced = true;
  }

  private void cut(FileChannel channel, IOException failure) {
    try {
      channel.truncate(bytes);
    } catch (IOException e) {
      sealed = true;
      failure.addSuppressed(e);
    }
  }

  private void write(FileChannel channel, ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      at += channel.write(from, at);
    }
  }

  /** The content at an offset; null where it is damaged. */
  byte @Nullable [] read(long offset) throws IOException {
    return RecordFormat.read(open(), offset);
  }

  /** Where the record with this number begins; -1 where damage lies before it. */
  long offsetOf(long sequence) throws IOException {
    long offset = RecordFormat.HEADER_BYTES;
    for (long skip = first; skip < sequence; skip++) {
      int length = RecordFormat.lengthAt(open(), offset);
      if (length < 0) {
        return -1;
      }
      offset += RecordFormat.RECORD_HEAD_BYTES + length;
    }
    return offset;
  }

  /** Cuts the records off that begin at an offset. */
  void truncate(long offset, long recordsLeft) throws IOException {
    open().truncate(offset);
    bytes = offset;
    records = recordsLeft;
  }

  /** Copies what stands in the file from an offset on to another file. */
  void copyTail(long offset, Path target) throws IOException {
    FileChannel source = open();
    try (FileChannel out =
        opener.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long position = offset;
      while (position < source.size()) {
        position += source.transferTo(position, source.size() - position, out);
      }
    }
  }

  /** Has the disk write what was appended. */
  void sync() throws IOException {
    if (unsynced) {
      open().force(false);
      if (!named) {
        syncFolder();
        named = true;
      }
      unsynced = false;
    }
  }

  private void syncFolder() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel directory = opener.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException _) {
      // Windows opens no folders; its file system keeps the order itself.
    }
  }

  /** Closes the file; the next use opens it again. */
  void release() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // What was written is with the system since then; to close gives nothing back that counts.
      }
    }
  }

  void delete() throws IOException {
    release();
    Files.deleteIfExists(file);
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = opener.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel = open;
    }
    return open;
  }

  Path file() {
    return file;
  }

  /** The number of its first record. */
  long first() {
    return first;
  }

  /** The number after its last record. */
  long end() {
    return first + records;
  }

  /** How much of the buffer's limit it takes. */
  long cost() {
    return Math.max(bytes, BLOCK_BYTES);
  }

  /** How long the file is. */
  long bytes() {
    return bytes;
  }

  /** When it was made, in milliseconds since 1970. */
  long beganMillis() {
    return beganMillis;
  }

  /** When it was appended to, in milliseconds since 1970. */
  long appendedMillis() {
    return appendedMillis;
  }

  boolean isSealed() {
    return sealed;
  }
}
