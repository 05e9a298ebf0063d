package io.noctule.device.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The file that says up to which record all are acknowledged: the number (8 bytes) and its CRC-32C
 * (4), written over itself. Never synced: where a power cut takes it back, records are sent twice,
 * and none is lost. Owned by the buffer's thread.
 */
final class Position {
  static final String NAME = "position";

  /** Nothing is acknowledged. */
  static final long NONE = -1;

  private static final int BYTES = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private final Consumer<String> problems;
  private boolean failing;

  private Position(FileChannel channel, Consumer<String> problems) {
    this.channel = channel;
    this.problems = problems;
  }

  static Position open(Path folder, ChannelOpener opener, Consumer<String> problems)
      throws IOException {
    return new Position(
        opener.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE),
        problems);
  }

  /** What the file says; {@link #NONE} where it is new or damaged. */
  long read() throws IOException {
    ByteBuffer content = RecordFormat.readFully(channel, 0, BYTES);
    if (!content.hasRemaining()) {
      return NONE;
    }
    if (content.remaining() == BYTES) {
      long acknowledged = content.getLong();
      if (acknowledged >= NONE && content.getInt() == checksum(acknowledged)) {
        return acknowledged;
      }
    }
    problems.accept(
        "the file '%s' of the buffer is damaged: what had been sent already is sent again"
            .formatted(NAME));
    return NONE;
  }

  void write(long acknowledged) {
    ByteBuffer content =
        ByteBuffer.allocate(BYTES).putLong(acknowledged).putInt(checksum(acknowledged)).flip();
    try {
      while (content.hasRemaining()) {
        int _ = channel.write(content, content.position());
      }
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        problems.accept(
            "the file '%s' of the buffer cannot be written (%s): after a restart, what was sent is sent again"
                .formatted(NAME, e.getMessage()));
      }
    }
  }

  void close() throws IOException {
    channel.close();
  }

  private static int checksum(long acknowledged) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(acknowledged).flip());
    return (int) crc.getValue();
  }
}
