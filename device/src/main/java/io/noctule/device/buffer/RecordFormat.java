package io.noctule.device.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records in a segment file: eight bytes that name the format, then for each record its length in
 * bytes (4), the CRC-32C of length and content (4), and the content. Numbers are big-endian.
 */
final class RecordFormat {
  static final int HEADER_BYTES = 8;
  static final int RECORD_HEAD_BYTES = 8;

  /** The largest content of a record. */
  static final int MAX_RECORD_BYTES = 256 << 10;

  private static final byte[] MAGIC = "NOCTBUF1".getBytes(StandardCharsets.US_ASCII);
  private static final int ZERO_CHECK_BYTES = 64 << 10;

  /** How far a file is valid, and what follows. */
  enum Tail {
    /** Nothing. */
    CLEAN,
    /** A record that was not written to its end. */
    TORN,
    /** Bytes that were changed after they had been written. */
    DAMAGED
  }

  /**
   * What a file holds.
   *
   * @param records how many valid records it begins with
   * @param validBytes up to their end
   * @param tail what follows them
   */
  record Scan(long records, long validBytes, Tail tail) {}

  private RecordFormat() {}

  /** The first bytes of a file. */
  static ByteBuffer header() {
    return ByteBuffer.wrap(MAGIC).asReadOnlyBuffer();
  }

  /** A record as it stands in the file. */
  static ByteBuffer encode(byte[] content) {
    return ByteBuffer.allocate(RECORD_HEAD_BYTES + content.length)
        .putInt(content.length)
        .putInt(checksum(content))
        .put(content)
        .flip();
  }

  /** The content of the record at a place; null where no valid one stands there. */
  static byte @Nullable [] read(FileChannel file, long position) throws IOException {
    int length = lengthAt(file, position);
    if (length < 0) {
      return null;
    }
    ByteBuffer record = readFully(file, position, RECORD_HEAD_BYTES + length);
    if (record.remaining() < RECORD_HEAD_BYTES + length) {
      return null;
    }
    int checksum = record.getInt(Integer.BYTES);
    byte[] content = new byte[length];
    record.get(RECORD_HEAD_BYTES, content);
    return checksum == checksum(content) ? content : null;
  }

  /** The length that the record at a place says it has; -1 where it cannot be. */
  static int lengthAt(FileChannel file, long position) throws IOException {
    ByteBuffer head = readFully(file, position, RECORD_HEAD_BYTES);
    if (head.remaining() < RECORD_HEAD_BYTES) {
      return -1;
    }
    int length = head.getInt();
    return length >= 0 && length <= MAX_RECORD_BYTES ? length : -1;
  }

  /** Looks at each record of a file. */
  static Scan scan(FileChannel file) throws IOException {
    long size = file.size();
    ByteBuffer header = readFully(file, 0, HEADER_BYTES);
    if (header.remaining() < HEADER_BYTES) {
      return new Scan(0, 0, Tail.TORN);
    }
    if (!header.equals(header())) {
      return new Scan(0, 0, isZero(file, 0, size) ? Tail.TORN : Tail.DAMAGED);
    }
    long records = 0;
    long position = HEADER_BYTES;
    while (position < size) {
      byte[] content = read(file, position);
      if (content == null) {
        return new Scan(records, position, tail(file, position, size));
      }
      records++;
      position += RECORD_HEAD_BYTES + content.length;
    }
    return new Scan(records, position, Tail.CLEAN);
  }

  /**
   * A write that was cut off leaves a part of a record, or after the machine's power failed also
   * zeros or a last record with some of its bytes missing.
   */
  private static Tail tail(FileChannel file, long position, long size) throws IOException {
    if (size - position < RECORD_HEAD_BYTES || isZero(file, position, size)) {
      return Tail.TORN;
    }
    int length = lengthAt(file, position);
    return length >= 0 && position + RECORD_HEAD_BYTES + length >= size ? Tail.TORN : Tail.DAMAGED;
  }

  private static boolean isZero(FileChannel file, long from, long size) throws IOException {
    for (long position = from; position < size; position += ZERO_CHECK_BYTES) {
      ByteBuffer part = readFully(file, position, ZERO_CHECK_BYTES);
      while (part.hasRemaining()) {
        if (part.get() != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Bytes from a place on, fewer where the file ends. */
  static ByteBuffer readFully(FileChannel file, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
      // Until all is there or the file ends.
    }
    return buffer.flip();
  }

  private static int checksum(byte[] content) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip());
    crc.update(content);
    return (int) crc.getValue();
  }
}
