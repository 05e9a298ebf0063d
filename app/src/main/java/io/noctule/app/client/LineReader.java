package io.noctule.app.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes, since a line need not be text in any encoding. */
final class LineReader {
  private static final int CHUNK_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final ByteBuf read = Unpooled.buffer();
  private boolean ended;

  LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its end; the last may lack one.
   *
   * @param outbox what has been published is sent before waiting for more
   * @return valid until the next call; null at the end of the input
   */
  @Nullable ByteBuf next(Outbox outbox) throws IOException {
    int searched = 0;
    while (true) {
      int newLine = read.indexOf(read.readerIndex() + searched, read.writerIndex(), (byte) '\n');
      if (newLine >= 0) {
        ByteBuf line = read.readSlice(newLine - read.readerIndex());
        read.skipBytes(1);
        return line;
      }
      if (ended) {
        return read.isReadable() ? read.readSlice(read.readableBytes()) : null;
      }
      searched = read.readableBytes();
      read.discardReadBytes();
      outbox.flush();
      int count = in.read(chunk);
      if (count < 0) {
        ended = true;
      } else {
        read.writeBytes(chunk, 0, count);
      }
    }
  }
}
