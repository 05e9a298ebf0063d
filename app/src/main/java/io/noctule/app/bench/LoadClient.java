package io.noctule.app.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.noctule.app.command.CommandFailure;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.tls.context.ClientTls;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a run: cuts what comes in into packets, in place, and gathers short answers
 * into one write a turn. Owned by the event loop of the run.
 */
abstract class LoadClient extends ChannelInboundHandlerAdapter {
  private static final int FIRST_ANSWERS_BYTES = 4096;
  private static final int INCOMPLETE = -1;
  private static final int MAXIMUM_LENGTH_BYTES = 4;

  /** Packet type times 16, as in the first byte of a packet. */
  static final int PUBACK = 0x40;

  static final int PUBREC = 0x50;
  static final int PUBREL = 0x60;
  static final int PUBCOMP = 0x70;
  static final int PUBLISH = 0x30;
  private static final int DISCONNECT = 0xE0;
  private static final int CONNACK = 0x20;
  private static final int SUBACK = 0x90;
  private static final int TYPE_MASK = 0xF0;

  private final LoadRun run;
  private final String label;

  /**
   * What PUBACK, PUBREC, PUBREL and PUBCOMP of this turn take; written when the turn ends. Null:
   * there are none.
   */
  private @Nullable ByteBuf answers;

  /** The packet that the last read ended within; empty where it ended between two. */
  private final ByteBuf carried = Unpooled.buffer();

  private @Nullable ChannelHandlerContext context;

  /** Where the body of the last packet found by {@link #bodyStart} ends. */
  private int bodyEnd;

  /**
   * A connection.
   *
   * @param label names it in failures, as in "subscriber 3"
   */
  LoadClient(LoadRun run, String label) {
    this.run = run;
    this.label = label;
  }

  /** Takes a PUBLISH, PUBACK, PUBREC, PUBREL or PUBCOMP packet; all others are dealt with here. */
  abstract void receive(int firstByte, ByteBuf buffer, int body, int end, long nowNanos);

  /**
   * Called when the broker has accepted the connection; the client then tells the run when it is
   * ready.
   */
  abstract void connected(Handshake.Accepted accepted);

  /** Called when the broker has granted the subscription. */
  void subscribed() {}

  final LoadRun run() {
    return run;
  }

  /** The channel's context; only after the channel has become active. */
  final ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException(label + " is not connected yet");
    }
    return context;
  }

  @Override
  public final void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    send(Handshake.connect(ctx.alloc(), run.plan(), run.clientId(label)));
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    var buffer = (ByteBuf) message;
    try {
      long nowNanos = System.nanoTime();
      if (carried.isReadable()) {
        completeCarried(buffer, nowNanos);
      }
      int at = buffer.readerIndex();
      int limit = buffer.writerIndex();
      int body = bodyStart(buffer, at, limit);
      while (body != INCOMPLETE) {
        at = bodyEnd;
        dispatch(buffer, body, at, nowNanos);
        body = bodyStart(buffer, at, limit);
      }
      carried.writeBytes(buffer, at, limit - at);
    } finally {
      buffer.release();
    }
  }

  /**
   * The index of the body of the packet at an index, and in {@link #bodyEnd} where it ends; {@link
   * #INCOMPLETE} where the packet has not wholly come, {@link #bodyEnd} then being 0 where not even
   * its length has.
   */
  private int bodyStart(ByteBuf buffer, int at, int limit) {
    bodyEnd = 0;
    int length = 0;
    for (int i = 1; i <= MAXIMUM_LENGTH_BYTES; i++) {
      if (at + i >= limit) {
        return INCOMPLETE;
      }
      int digit = buffer.getByte(at + i);
      length |= (digit & 0x7F) << (7 * (i - 1));
      if (digit >= 0) {
        int body = at + i + 1;
        bodyEnd = body + length;
        return bodyEnd <= limit ? body : INCOMPLETE;
      }
    }
    throw new CommandFailure(
        "the broker sent a packet with a malformed length to " + label, CommandFailure.FAILED);
  }

  private void completeCarried(ByteBuf buffer, long nowNanos) {
    bodyStart(carried, 0, carried.writerIndex());
    while (buffer.isReadable()) {
      // The length stands in the first five bytes; until these are there, byte by byte.
      int missing = Math.max(1, bodyEnd - carried.writerIndex());
      carried.writeBytes(buffer, Math.min(missing, buffer.readableBytes()));
      int body = bodyStart(carried, 0, carried.writerIndex());
      if (body != INCOMPLETE) {
        dispatch(carried, body, bodyEnd, nowNanos);
        carried.clear();
        return;
      }
    }
  }

  private void dispatch(ByteBuf buffer, int body, int end, long nowNanos) {
    // The fixed header takes 2 to 5 bytes; its first stands before one to four length bytes.
    int lengthBytes = lengthBytes(end - body);
    int firstByte = buffer.getUnsignedByte(body - lengthBytes - 1);
    switch (firstByte & TYPE_MASK) {
      case PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP ->
          receive(firstByte, buffer, body, end, nowNanos);
      case CONNACK, SUBACK, DISCONNECT -> control(buffer, body - lengthBytes - 1, end);
      default -> {
        // PINGRESP: the run takes no notice.
      }
    }
  }

  private static int lengthBytes(int length) {
    return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : 4;
  }

  private void control(ByteBuf buffer, int start, int end) {
    try {
      switch (Handshake.decode(buffer.slice(start, end - start), run.plan())) {
        case Handshake.Accepted accepted -> connected(accepted);
        case Handshake.Granted _ -> subscribed();
        case Handshake.Refused refused ->
            run.fail(
                CommandFailure.failed("the broker refused " + label + ": " + refused.reason()));
      }
    } catch (ProtocolException e) {
      run.fail(
          new CommandFailure(
              "the broker sent a malformed packet to " + label + ": " + e.getMessage(),
              CommandFailure.FAILED,
              e));
    }
  }

  /** Appends a packet of two bytes of header and the packet identifier to this turn's answers. */
  final void answer(int firstByte, int packetId) {
    ByteBuf buffer = answers;
    if (buffer == null) {
      buffer = context().alloc().directBuffer(FIRST_ANSWERS_BYTES);
      answers = buffer;
    }
    buffer.writeInt(firstByte << 24 | 2 << 16 | packetId);
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext ctx) {
    ByteBuf buffer = answers;
    if (buffer != null) {
      answers = null;
      send(buffer);
    }
    run.turnEnds();
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    if (answers != null) {
      answers.release();
      answers = null;
    }
    run.fail(CommandFailure.failed("the broker closed the connection of " + label));
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    run.fail(
        cause instanceof CommandFailure failure
            ? failure
            : new CommandFailure(
                "the connection of " + label + " failed: " + reason(cause),
                CommandFailure.FAILED,
                cause));
  }

  private String reason(Throwable cause) {
    ClientTls tls = run.plan().tls();
    String message = String.valueOf(cause.getMessage());
    return tls == null ? message : tls.explain(cause).orElse(message);
  }

  /** Sends at once. What fails closes the channel or comes to {@link #exceptionCaught}. */
  final void send(ByteBuf bytes) {
    var _ = context().writeAndFlush(bytes, context().voidPromise());
  }

  /** Says goodbye and closes. */
  final void disconnect() {
    ChannelHandlerContext open = context;
    if (open != null) {
      var _ =
          open.writeAndFlush(Handshake.disconnect(open.alloc(), run.plan()))
              .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
