package io.noctule.broker.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * The bytes that a connection writes in one turn: gathered in one buffer, flushed once. Owned by
 * the event loop.
 *
 * <p>An idle connection holds no buffer. Full chunks go to Netty's own outbound queue at once, so
 * that nothing is copied twice.
 */
final class OutboundBuffer {
  private static final int SMALLEST_CHUNK_BYTES = 256;
  private static final int LARGEST_CHUNK_BYTES = 64 * 1024;
  // Sent before the turn ends, so that the client can start to read while the broker goes on.
  private static final int EARLY_FLUSH_BYTES = 256 * 1024;

  private final ChannelHandlerContext context;
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int nextChunkBytes = SMALLEST_CHUNK_BYTES;
  private int unflushedBytes;
  private long bytesWritten;

  OutboundBuffer(ChannelHandlerContext context) {
    this.context = context;
  }

  /** A buffer with room for a packet, to be written to now. */
  ByteBuf room(int bytes) {
    ByteBuf current = buffer;
    if (current.writableBytes() >= bytes) {
      return current;
    }
    if (current.isReadable()) {
      nextChunkBytes = Math.min(LARGEST_CHUNK_BYTES, nextChunkBytes * 4);
      passOn();
    } else {
      current.release();
    }
    ByteBuf fresh = context.alloc().ioBuffer(Math.max(nextChunkBytes, bytes));
    buffer = fresh;
    return fresh;
  }

  /** Appends bytes by reference, for payloads too large to copy; takes over one reference. */
  void append(ByteBuf bytes) {
    while (buffer.isReadable()) {
      passOn();
    }
    int length = bytes.readableBytes();
    bytesWritten += length;
    unflushedBytes += length;
    context.write(bytes, context.voidPromise());
    flushEarly();
  }

  private void passOn() {
    ByteBuf full = buffer;
    buffer = Unpooled.EMPTY_BUFFER;
    int length = full.readableBytes();
    bytesWritten += length;
    unflushedBytes += length;
    context.write(full, context.voidPromise());
    flushEarly();
  }

  private void flushEarly() {
    if (unflushedBytes >= EARLY_FLUSH_BYTES) {
      unflushedBytes = 0;
      context.flush();
    }
  }

  /** Hands everything to the network. */
  void flush() {
    ByteBuf last = buffer;
    if (last.isReadable()) {
      int length = last.readableBytes();
      if (length <= nextChunkBytes / 4) {
        nextChunkBytes = Math.max(SMALLEST_CHUNK_BYTES, nextChunkBytes / 2);
      }
      passOn();
    } else {
      last.release();
      buffer = Unpooled.EMPTY_BUFFER;
    }
    unflushedBytes = 0;
    context.flush();
  }

  /** Gives the buffer back unsent. */
  void discard() {
    buffer.release();
    buffer = Unpooled.EMPTY_BUFFER;
  }

  /** Bytes not yet taken by the network. */
  long unsentBytes() {
    Channel channel = context.channel();
    ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
    long queued = outbound == null ? 0 : outbound.totalPendingWriteBytes();
    return queued + buffer.readableBytes();
  }

  /** Bytes handed over since the last call. */
  long takeBytesWritten() {
    long written = bytesWritten;
    bytesWritten = 0;
    return written;
  }
}
