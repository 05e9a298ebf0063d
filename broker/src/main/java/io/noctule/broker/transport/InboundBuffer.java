package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The bytes of a connection that are read but not yet decoded. Holds no buffer while there are
 * none. Bounded by the decoder, which refuses a packet above the maximum from its first bytes.
 */
final class InboundBuffer {
  private static final int LARGEST_STEP_BYTES = 1 << 20;

  private final ByteBufAllocator allocator;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  InboundBuffer(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  ByteBuf bytes() {
    return bytes;
  }

  /**
   * Appends what was read and takes it over.
   *
   * @param expectedBytes of the packet that has begun; 0 where not known
   */
  void add(ByteBuf read, int expectedBytes) {
    if (!bytes.isReadable()) {
      bytes.release();
      bytes = read;
      return;
    }
    int needed = bytes.readableBytes() + read.readableBytes();
    if (bytes.refCnt() > 1 || bytes.isReadOnly() || bytes.writableBytes() < read.readableBytes()) {
      // Room grows with what has come rather than with what was announced: announcing costs a
      // stranger nothing.
      int ahead =
          Math.min(Math.max(0, expectedBytes - needed), Math.max(needed, LARGEST_STEP_BYTES));
      ByteBuf larger = allocator.ioBuffer(needed + ahead);
      larger.writeBytes(bytes);
      bytes.release();
      bytes = larger;
    }
    bytes.writeBytes(read);
    read.release();
  }

  /** Gives the buffer back if all of it is decoded. */
  void trim() {
    if (!bytes.isReadable()) {
      discard();
    }
  }

  /** Gives the buffer back whatever is in it. */
  void discard() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }
}
